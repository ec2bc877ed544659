# Takes the place of New-PSSession over WSMan, which exists on Windows alone: the same parameters, over the `ssh` that is first on PATH.
function New-PSSession {
    [CmdletBinding()]
    param([string]$ConfigurationName, [uri]$ConnectionUri, [string]$Authentication, [pscredential]$Credential, [System.Management.Automation.Remoting.PSSessionOption]$SessionOption)
    if ($env:LAB_SEEN) { [IO.File]::AppendAllText($env:LAB_SEEN, (ConvertTo-Json -Compress ([ordered]@{ configuration = $ConfigurationName; uri = [string]$ConnectionUri; authentication = $Authentication; user = $Credential.UserName; password = $Credential.GetNetworkCredential().Password; openMs = $SessionOption.OpenTimeout.TotalMilliseconds })) + "`n") }
    Microsoft.PowerShell.Core\New-PSSession -HostName $ConnectionUri.Host -UserName svc -Subsystem powershell -ConnectingTimeout 12000
}
Export-ModuleMember -Function New-PSSession

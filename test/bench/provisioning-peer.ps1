# The bare cmdlet for each group of a file, in one session that is opened as Exchange's documentation says. Says how many came back.
param([string]$Server, [string]$UserName, [string]$Controller, [string]$Groups)
$ErrorActionPreference = 'Stop'
$password = ConvertTo-SecureString -String $env:MC_BENCH_PASSWORD -AsPlainText -Force
$credential = [pscredential]::new($UserName, $password)
$option = [System.Management.Automation.Remoting.PSSessionOption]::new()
$option.OpenTimeout = [TimeSpan]::FromSeconds(30)
$session = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri "http://$Server/PowerShell/" -Authentication Kerberos -Credential $credential -SessionOption $option
$done = 0
foreach ($group in Get-Content -LiteralPath $Groups -Raw | ConvertFrom-Json) {
    # One command on the session's runspace: quicker than the functions of Import-PSSession, and than Invoke-Command.
    $shell = [powershell]::Create()
    $shell.Runspace = $session.Runspace
    $null = $shell.AddCommand('Enable-DistributionGroup').AddParameter('Identity', $group.identity).AddParameter('Alias', $group.alias).AddParameter('DomainController', $Controller)
    $found = $shell.Invoke()
    if ($shell.Streams.Error.Count -gt 0) { throw $shell.Streams.Error[0] }
    $done += $found.Count
    $shell.Dispose()
}
Remove-PSSession $session
$done

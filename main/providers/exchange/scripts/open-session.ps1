# Messaging Console: open-session
# Opens the one session of this process with a server's Exchange endpoint, and keeps it for the scripts that follow. Where a
# server does not let it in, the same process can ask another one.
# Runs on Windows PowerShell 5.1 and on PowerShell 7. The password comes in the environment and is taken out of it here.
param($Argument)

# What went wrong as data. The server's own error stands below the exceptions of whatever carried it.
function global:ConvertTo-MessagingConsoleError {
    param([System.Management.Automation.ErrorRecord]$Record)
    $exception = $Record.Exception
    while ($exception -is [System.Management.Automation.MethodInvocationException] -and $null -ne $exception.InnerException) {
        $exception = $exception.InnerException
        if ($exception -is [System.Management.Automation.IContainsErrorRecord] -and $null -ne $exception.ErrorRecord) { $Record = $exception.ErrorRecord }
    }
    $type = $exception.GetType().FullName
    $remote = $exception.SerializedRemoteException
    if ($null -ne $remote) {
        $names = @($remote.PSObject.TypeNames)
        if ($names.Count -gt 0) { $type = ([string]$names[0]) -replace '^Deserialized\.', '' }
    }
    $code = $null
    if ($exception -is [System.Management.Automation.Remoting.PSRemotingTransportException]) { $code = [long]$exception.ErrorCode }
    $isTransport = $null -ne $code -or $exception -is [System.Management.Automation.Remoting.PSRemotingDataStructureException]
    return [ordered]@{
        reason = [string]$Record.CategoryInfo.Reason
        type = [string]$type
        id = [string]$Record.FullyQualifiedErrorId
        category = [string]$Record.CategoryInfo.Category
        code = $code
        message = [string]$exception.Message
        transport = [bool]$isTransport
    }
}

if ($null -eq $global:MessagingConsoleCredential) {
    $password = New-Object System.Security.SecureString
    foreach ($character in ([string]$env:MC_REMOTE_PASSWORD).ToCharArray()) { $password.AppendChar($character) }
    $character = $null
    if (Test-Path Env:MC_REMOTE_PASSWORD) { Remove-Item Env:MC_REMOTE_PASSWORD }
    $password.MakeReadOnly()
    $global:MessagingConsoleCredential = New-Object System.Management.Automation.PSCredential -ArgumentList ([string]$Argument.username), $password
}

try {
    # What New-PSSessionOption makes, which has these parameters on Windows alone.
    $option = New-Object System.Management.Automation.Remoting.PSSessionOption
    $option.OpenTimeout = [TimeSpan]::FromMilliseconds([double]$Argument.openTimeoutMs)
    $option.OperationTimeout = [TimeSpan]::FromMilliseconds([double]$Argument.operationTimeoutMs)
    # The server takes away what a process that was killed leaves there, after this long instead of a quarter of an hour.
    $option.IdleTimeout = [TimeSpan]::FromMilliseconds([double]$Argument.idleTimeoutMs)
    $option.CancelTimeout = [TimeSpan]::FromSeconds(5)
    # No -AllowRedirection: the password goes to the server that was chosen and to no other.
    $global:MessagingConsoleSession = New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri ([string]$Argument.uri) -Authentication ([string]$Argument.authentication) -Credential $global:MessagingConsoleCredential -SessionOption $option -ErrorAction Stop
    $global:MessagingConsoleCredential = $null
    $null = Register-EngineEvent -SourceIdentifier PowerShell.Exiting -SupportEvent -Action { Get-PSSession | Remove-PSSession }
} catch {
    return [ordered]@{ ok = $false; error = (ConvertTo-MessagingConsoleError $_) }
}
return [ordered]@{ ok = $true }

# Messaging Console: offered-commands
# Which of some commands the endpoint offers to this account: roles shape what Get-Command finds there.
param($Argument)

$session = $global:MessagingConsoleSession
$shell = [powershell]::Create()
$shell.Runspace = $session.Runspace
try {
    $names = [string[]]@($Argument.names)
    # A name that is not offered is an error of its own beside those that are found.
    $found = $shell.AddCommand('Get-Command').AddParameter('Name', $names).AddParameter('ErrorAction', 'SilentlyContinue').Invoke()
    $offered = @(foreach ($command in $found) { if ($null -ne $command -and $names -contains [string]$command.Name) { [string]$command.Name } })
    return [ordered]@{ ok = $true; offered = $offered }
} catch {
    return [ordered]@{ ok = $false; error = (ConvertTo-MessagingConsoleError $_); sessionState = [string]$session.State }
} finally {
    $shell.Dispose()
}

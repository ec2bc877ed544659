# Messaging Console: one command of Exchange Online
# Command and parameters come as data: nothing of them is ever read as PowerShell.
# Every text among the parameters comes with "=" before it, because PowerShell 7 would turn one that looks like a date into a date.
param($Argument)

$command = [string]$Argument.command
if ($null -eq (Get-Command -Name $command -ErrorAction SilentlyContinue)) {
    return [ordered]@{ ok = $false; offered = $false }
}
# The module's commands write errors that do not end them: such a one is a failure all the same.
$parameters = @{ ErrorAction = 'Stop'; ErrorVariable = 'MessagingConsoleErrors' }
foreach ($parameter in $Argument.parameters.PSObject.Properties) {
    $value = $parameter.Value
    if ($value -is [string]) { $value = $value.Substring(1) }
    $parameters[$parameter.Name] = $value
}
try {
    $objects = @(foreach ($object in (& $command @parameters)) {
        if ($null -eq $object) { continue }
        [ordered]@{ name = [string]$object.DisplayName; alias = [string]$object.Alias; address = [string]$object.PrimarySmtpAddress }
    })
    $first = @($MessagingConsoleErrors)[0]
    if ($first -is [System.Management.Automation.ErrorRecord]) {
        return [ordered]@{ ok = $false; offered = $true; error = (ConvertTo-MessagingConsoleOnlineError $first) }
    }
    return [ordered]@{ ok = $true; objects = $objects }
} catch {
    return [ordered]@{ ok = $false; offered = $true; error = (ConvertTo-MessagingConsoleOnlineError $_) }
}

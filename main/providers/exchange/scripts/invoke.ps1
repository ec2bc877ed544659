# Messaging Console: invoke
# Runs one cmdlet in the session. Command and parameters go over as an object of the remoting protocol: nothing of them is
# ever read as PowerShell, here or there, which an endpoint without a language could not do anyway.
# Every text among the parameters comes with "=" before it, because PowerShell 7 would turn one that looks like a date into a date.
param($Argument)

$session = $global:MessagingConsoleSession
$shell = [powershell]::Create()
$shell.Runspace = $session.Runspace
try {
    $null = $shell.AddCommand([string]$Argument.command)
    foreach ($parameter in $Argument.parameters.PSObject.Properties) {
        $value = $parameter.Value
        if ($value -is [string]) { $value = $value.Substring(1) }
        $null = $shell.AddParameter($parameter.Name, $value)
    }
    $found = $shell.Invoke()
    # An error that does not end the command is one all the same.
    if ($shell.Streams.Error.Count -gt 0) {
        return [ordered]@{ ok = $false; error = (ConvertTo-MessagingConsoleError $shell.Streams.Error[0]); sessionState = [string]$session.State }
    }
    $objects = @(foreach ($object in $found) {
        if ($null -eq $object) { continue }
        $selected = [ordered]@{}
        foreach ($name in $Argument.select) { $selected[[string]$name] = [string]$object.$name }
        $selected
    })
    $warnings = @(foreach ($warning in $shell.Streams.Warning) { [string]$warning.Message })
    return [ordered]@{ ok = $true; objects = $objects; warnings = $warnings }
} catch {
    return [ordered]@{ ok = $false; error = (ConvertTo-MessagingConsoleError $_); sessionState = [string]$session.State }
} finally {
    $shell.Dispose()
}

# Messaging Console: close-session
# Removes the session from the server, where it would otherwise count among the account's until it times out.
param($Argument)

if ($null -ne $global:MessagingConsoleSession) { Remove-PSSession -Session $global:MessagingConsoleSession -ErrorAction SilentlyContinue }
$global:MessagingConsoleSession = $null
return [ordered]@{ ok = $true }

# Messaging Console: disconnect from Exchange Online
param($Argument)

if ($null -ne (Get-Command -Name Disconnect-ExchangeOnline -ErrorAction SilentlyContinue)) {
    $null = Disconnect-ExchangeOnline -Confirm:$false -ErrorAction SilentlyContinue
}
return [ordered]@{ ok = $true }

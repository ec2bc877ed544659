# Runs a script as on an Exchange 2016 server with a module installed: the registry as Exchange's setup leaves it below
# HKLM\SOFTWARE\Microsoft\ExchangeServer\v15, where a role that is not installed has no key. Windows alone has a registry.
param([string]$Script, [string]$Path, [string]$Modules)
$root = 'HKLM:\SOFTWARE\Microsoft\ExchangeServer\v15'
$env:PSModulePath = $Modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
function Test-Path {
    param([string]$LiteralPath, [string]$PathType = 'Any')
    if ($LiteralPath -notlike 'HKLM:*') { return Microsoft.PowerShell.Management\Test-Path -LiteralPath $LiteralPath -PathType $PathType }
    return $LiteralPath -in "$root\Setup", "$root\MailboxRole", "$root\ClientAccessRole", "$root\CafeRole"
}
function Get-ItemProperty {
    param([string]$LiteralPath)
    if ($LiteralPath -ne "$root\Setup") { throw 'no such key' }
    return [pscustomobject]@{ MsiProductMajor = 15; MsiProductMinor = 1; MsiBuildMajor = 2507; MsiBuildMinor = 39; MsiInstallPath = 'C:\Program Files\Microsoft\Exchange Server\V15\' }
}
& $Script -Path $Path

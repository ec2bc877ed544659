# Runs a script where neither the registry nor the list of modules can be read.
param([string]$Script, [string]$Path)
function Test-Path {
    param([string]$LiteralPath, [string]$PathType = 'Any')
    if ($LiteralPath -like 'HKLM:*') { throw 'Requested registry access is not allowed.' }
    return Microsoft.PowerShell.Management\Test-Path -LiteralPath $LiteralPath -PathType $PathType
}
function Get-Module { throw 'Access to the path is denied.' }
& $Script -Path $Path

# Makes what the endpoints of the lab stand on, once: the assembly of Exchange's exception classes, and a session
# configuration for an account with the role and for one without. Everything is written to Folder, which becomes Place.
param([Parameter(Mandatory)][string]$Folder, [Parameter(Mandatory)][string]$Place, [Parameter(Mandatory)][string]$TypesFile)
$ErrorActionPreference = 'Stop'

$types = Get-Content -LiteralPath $TypesFile -Raw | ConvertFrom-Json
$source = foreach ($type in $types) {
    $at = $type.LastIndexOf('.')
    $name = $type.Substring($at + 1)
    "namespace $($type.Substring(0, $at)) { public class $name : System.Exception { public $name(string message) : base(message) {} } }"
}
Add-Type -OutputAssembly (Join-Path $Folder 'exchange-exceptions.dll') -TypeDefinition ($source -join "`n")

$commands = (Import-Module (Join-Path $PSScriptRoot 'endpoint.psm1') -PassThru).ExportedFunctions.Keys
$common = @{ SessionType = 'RestrictedRemoteServer'; LanguageMode = 'NoLanguage' }
New-PSSessionConfigurationFile @common -Path (Join-Path $Folder 'role.pssc') -ModulesToImport ([object[]]@("$Place/endpoint.psm1")) -VisibleFunctions ([string[]]$commands)
New-PSSessionConfigurationFile @common -Path (Join-Path $Folder 'no-role.pssc')

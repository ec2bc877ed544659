# Runs a script where Set-MessagingServer is a stand-in that takes what the real one takes, and prints each call as JSON.
# Parameters and their sets: the product's documentation, "Set-MessagingServer"; those that depend on the provider are from its examples.
param([string] $Script, [string] $Typed = '', [switch] $Absent, [switch] $WhatIf)
$calls = New-Object System.Collections.ArrayList
$asked = New-Object System.Collections.ArrayList
if (-not $Absent) {
    function Set-MessagingServer {
        [CmdletBinding(DefaultParameterSetName = 'Credential')]
        param(
            [Parameter(Mandatory)] [string] $IdentityStoreName,
            [Parameter(Mandatory)] [ValidateSet('o365', 'gsuite', 'exchange2013', 'exchange2016', 'exchange2019')] [string] $Provider,
            [Parameter(Mandatory, ParameterSetName = 'Credential')] [pscredential] $Credential,
            [Parameter(Mandatory, ParameterSetName = 'UserName')] [string] $UserName,
            [Parameter(ParameterSetName = 'UserName')] [string] $Password,
            [Parameter(Mandatory)] [string] $SmtpServer,
            [int] $Priority,
            [switch] $Disabled,
            [string] $Domain,
            [string] $AppId,
            [string] $AdminUsername,
            [string] $P12CertificatePath
        )
        $call = @{}
        foreach ($name in $PSBoundParameters.Keys) { $call[$name] = if ($name -eq 'Credential') { $Credential.UserName } elseif ($name -eq 'Disabled') { [bool] $Disabled } else { $PSBoundParameters[$name] } }
        [void] $calls.Add($call)
    }
}
function Get-Credential {
    param([string] $Message, [ValidateNotNullOrEmpty()] [string] $UserName)
    [void] $asked.Add($Message)
    if ($Typed -eq '') { return $null }
    $account = if ($UserName) { $UserName } else { 'typed@contoso.com' }
    New-Object pscredential $account, (ConvertTo-SecureString $Typed -AsPlainText -Force)
}
function Read-Host {
    param([string] $Prompt)
    [void] $asked.Add($Prompt)
    $Typed
}
$said = @()
$problem = $null
$given = @{ WarningVariable = 'said'; WarningAction = 'SilentlyContinue' }
if ($WhatIf) { $given['WhatIf'] = $true }
try { & $Script @given | Out-Null } catch { $problem = $_.Exception.Message }
$answer = @{ calls = @($calls); asked = @($asked); warnings = @($said | ForEach-Object { "$_" }); problem = $problem }
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
[Console]::Out.WriteLine('==' + (ConvertTo-Json $answer -Depth 5 -Compress))

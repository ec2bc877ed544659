# A module of the name and with the parameters of Microsoft's ExchangeOnlineManagement, over a file. Commands exist once somebody has
# connected, errors are written as the real one writes them (github.com/timmcmic/DLConversionV2/issues/130), and the sign-in takes a
# certificate with its key and an organisation's initial domain alone (Microsoft: "App-only authentication for unattended scripts").
class ManagementObjectNotFoundException : System.Exception { ManagementObjectNotFoundException([string]$text) : base($text) {} }
class ProxyAddressExistsException : System.Exception { ProxyAddressExistsException([string]$text) : base($text) {} }
class UnauthorizedAccessException : System.Exception { UnauthorizedAccessException([string]$text) : base($text) {} }

$file = $env:EXCHANGE_ONLINE_LAB
function Read-State { if (Test-Path $file) { return @(Get-Content -Raw $file | ConvertFrom-Json) } return @() }
function Write-State { param($Objects) ConvertTo-Json -InputObject @($Objects) -Depth 4 | Set-Content $file }
function Add-Line { param([string]$Line) Add-Content -Path "$file.log" -Value $Line }

function Write-ErrorMessage {
    [CmdletBinding()] param([System.Exception]$Exception, [string]$Command)
    $record = New-Object System.Management.Automation.ErrorRecord -ArgumentList $Exception, '[Server=LAB,RequestId=0,TimeStamp=0]', ([System.Management.Automation.ErrorCategory]::NotSpecified), $null
    $record.CategoryInfo.Activity = $Command
    $PSCmdlet.WriteError($record)
}

function Connect-ExchangeOnline {
    [CmdletBinding()]
    param(
        [System.Security.Cryptography.X509Certificates.X509Certificate2]$Certificate, [string]$AppId, [string]$Organization,
        [string]$ExchangeEnvironmentName = 'O365Default', [switch]$ShowBanner
    )
    if (-not $Certificate.HasPrivateKey -or $Organization -notlike '*.onmicrosoft.com' -or $AppId -notmatch '^[0-9a-f-]{36}$') {
        throw [UnauthorizedAccessException]::new('UnAuthorized')
    }
    $key = [System.Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($Certificate)
    $public = [System.Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPublicKey($Certificate)
    $data = [byte[]](1, 2, 3)
    $signed = $key.SignData($data, [System.Security.Cryptography.HashAlgorithmName]::SHA256, [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
    if (-not $public.VerifyData($data, $signed, [System.Security.Cryptography.HashAlgorithmName]::SHA256, [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)) { throw [UnauthorizedAccessException]::new('UnAuthorized') }
    Add-Line "connected $AppId $Organization $ExchangeEnvironmentName environment=$(@(Get-ChildItem Env:MC_EXCHANGE_ONLINE_*).Count)"
    if ($env:EXCHANGE_ONLINE_ROLE -ne 'none') {
        Set-Item Function:global:Get-Recipient ${function:Get-LabRecipient}
        Set-Item Function:global:New-DistributionGroup ${function:New-LabGroup}
        Set-Item Function:global:New-MailContact ${function:New-LabContact}
        Set-Item Function:global:Remove-DistributionGroup ${function:Remove-LabRecipient}
        Set-Item Function:global:Remove-MailContact ${function:Remove-LabRecipient}
    }
}

function Disconnect-ExchangeOnline {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param()
    Add-Line 'disconnected'
}

function Get-LabRecipient {
    [CmdletBinding()] param([string]$Identity)
    $found = Read-State | Where-Object { $_.PrimarySmtpAddress -eq $Identity -or $_.Alias -eq $Identity }
    if ($null -eq $found) { return Write-ErrorMessage ([ManagementObjectNotFoundException]::new("Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|object '$Identity'")) 'Get-Recipient' }
    return $found
}

function Add-LabRecipient {
    param($Recipient)
    $all = Read-State
    if ($all | Where-Object { $_.Alias -eq $Recipient.Alias }) { return Write-ErrorMessage ([ProxyAddressExistsException]::new("The proxy address is already being used")) 'New-DistributionGroup' }
    if ($env:EXCHANGE_ONLINE_FAILS -eq 'before') { [Environment]::Exit(1) }
    Write-State (@($all) + $Recipient)
    Add-Line "made $($Recipient.Alias)"
    if ($env:EXCHANGE_ONLINE_FAILS -eq 'after') { [Environment]::Exit(1) }
    return $Recipient
}

function New-LabGroup {
    [CmdletBinding()] param([string]$Name, [string]$DisplayName, [string]$Alias, [ValidateSet('Distribution', 'Security')][string]$Type, [string]$PrimarySmtpAddress)
    return Add-LabRecipient ([pscustomobject]@{ Name = $Name; DisplayName = $DisplayName; Alias = $Alias; PrimarySmtpAddress = $PrimarySmtpAddress; Type = $Type; Members = @() })
}

function New-LabContact {
    [CmdletBinding()] param([string]$Name, [string]$DisplayName, [string]$Alias, [string]$ExternalEmailAddress)
    return Add-LabRecipient ([pscustomobject]@{ Name = $Name; DisplayName = $DisplayName; Alias = $Alias; PrimarySmtpAddress = $ExternalEmailAddress; Type = 'Contact'; Members = @() })
}

function Remove-LabRecipient {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param([string]$Identity, [switch]$BypassSecurityGroupManagerCheck)
    Write-State @(Read-State | Where-Object { $_.PrimarySmtpAddress -ne $Identity -and $_.Alias -ne $Identity })
    Add-Line "removed $Identity"
}

Export-ModuleMember -Function *-ExchangeOnline, *-Lab*, Write-ErrorMessage

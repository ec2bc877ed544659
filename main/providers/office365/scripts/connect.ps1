# Messaging Console: connect to Exchange Online
# Signs the application in with its certificate, which comes in the environment and is taken out of it here.
# Runs on Windows PowerShell 5.1 and on PowerShell 7.
param($Argument)

# What went wrong as data, without the text: that may hold anything.
function global:ConvertTo-MessagingConsoleOnlineError {
    param([System.Management.Automation.ErrorRecord]$Record)
    # The id of a thrown text is that text.
    $id = [string]$Record.FullyQualifiedErrorId
    if ($id -eq $Record.Exception.Message) { $id = '' }
    return [ordered]@{
        reason = [string]$Record.CategoryInfo.Reason
        id = $id
        type = [string]$Record.Exception.GetType().FullName
    }
}

$encoded = [string]$env:MC_EXCHANGE_ONLINE_CERTIFICATE
$numbers = [string]$env:MC_EXCHANGE_ONLINE_KEY
foreach ($name in 'MC_EXCHANGE_ONLINE_CERTIFICATE', 'MC_EXCHANGE_ONLINE_KEY') {
    if (Test-Path "Env:$name") { Remove-Item "Env:$name" }
}
if ($null -eq (Get-Module -ListAvailable -Name ExchangeOnlineManagement | Select-Object -First 1)) {
    return [ordered]@{ ok = $false; missing = $true }
}

# A number of a JSON Web Key (RFC 7518, 6.3), as long as .NET wants it.
function ConvertFrom-KeyNumber {
    param([string]$Text, [int]$Length)
    $base64 = $Text.Replace('-', '+').Replace('_', '/')
    while ($base64.Length % 4 -ne 0) { $base64 = $base64 + '=' }
    $octets = [Convert]::FromBase64String($base64)
    if ($octets.Length -ge $Length) { return ,$octets }
    $padded = New-Object byte[] $Length
    [Array]::Copy($octets, 0, $padded, $Length - $octets.Length, $octets.Length)
    return ,$padded
}

try {
    $key = ConvertFrom-Json -InputObject $numbers
    $parameters = New-Object System.Security.Cryptography.RSAParameters
    $parameters.Modulus = ConvertFrom-KeyNumber $key.n 0
    $whole = $parameters.Modulus.Length
    $half = [int][Math]::Ceiling($whole / 2)
    $parameters.Exponent = ConvertFrom-KeyNumber $key.e 0
    $parameters.D = ConvertFrom-KeyNumber $key.d $whole
    $parameters.P = ConvertFrom-KeyNumber $key.p $half
    $parameters.Q = ConvertFrom-KeyNumber $key.q $half
    $parameters.DP = ConvertFrom-KeyNumber $key.dp $half
    $parameters.DQ = ConvertFrom-KeyNumber $key.dq $half
    $parameters.InverseQ = ConvertFrom-KeyNumber $key.qi $half
    # Exchange Online does not take keys of the newer kind, CNG (Microsoft: "App-only authentication for unattended scripts").
    if ([Environment]::OSVersion.Platform -eq [PlatformID]::Win32NT) {
        $provider = New-Object System.Security.Cryptography.CspParameters -ArgumentList 24
        $rsa = New-Object System.Security.Cryptography.RSACryptoServiceProvider -ArgumentList $provider
    } else {
        $rsa = [System.Security.Cryptography.RSA]::Create()
    }
    $rsa.ImportParameters($parameters)
    $public = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (,[Convert]::FromBase64String($encoded))
    $certificate = [System.Security.Cryptography.X509Certificates.RSACertificateExtensions]::CopyWithPrivateKey($public, $rsa)
    $numbers = $null
    $key = $null
    Import-Module ExchangeOnlineManagement -ErrorAction Stop
    $null = Connect-ExchangeOnline -Certificate $certificate -AppId (([string]$Argument.appId).Substring(1)) -Organization (([string]$Argument.organization).Substring(1)) -ExchangeEnvironmentName ([string]$Argument.environment) -ShowBanner:$false -ErrorAction Stop
} catch {
    return [ordered]@{ ok = $false; missing = $false; error = (ConvertTo-MessagingConsoleOnlineError $_) }
}
return [ordered]@{ ok = $true }

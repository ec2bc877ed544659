# Asks X509CertificateLoader about certificate files: reads [{ "path", "password" }] from a file, answers a line of JSON each.
# 5.1's language; X509CertificateLoader came with .NET 9.
param([string] $Rows)
foreach ($row in (Get-Content -Raw -LiteralPath $Rows | ConvertFrom-Json)) {
    # [string] would make the empty password of none.
    $password = if ($null -eq $row.password) { [NullString]::Value } else { $row.password }
    $answer = @{ thumbprint = $null; key = $false; error = $null }
    try {
        $certificate = [System.Security.Cryptography.X509Certificates.X509CertificateLoader]::LoadPkcs12([System.IO.File]::ReadAllBytes($row.path), $password)
        $answer.thumbprint = $certificate.Thumbprint.ToLowerInvariant()
        $answer.key = $certificate.HasPrivateKey
    } catch {
        $cause = $_.Exception
        while ($null -ne $cause.InnerException) { $cause = $cause.InnerException }
        $answer.error = $cause.GetType().Name
    }
    ConvertTo-Json -Compress -InputObject $answer
}

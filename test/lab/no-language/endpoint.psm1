# Exchange's endpoint in small: cmdlets that write down what reached them, and fail in Exchange's classes by the alias they are given.
Add-Type -TypeDefinition @'
namespace Microsoft.Exchange.Configuration.Tasks { public class ManagementObjectNotFoundException : System.Exception { public ManagementObjectNotFoundException(string m) : base(m) {} } }
namespace Microsoft.Exchange.Management.Tasks { public class RecipientTaskException : System.Exception { public RecipientTaskException(string m) : base(m) {} } }
namespace Microsoft.Exchange.Data { public class ProxyAddressExistsException : System.Exception { public ProxyAddressExistsException(string m) : base(m) {} } }
'@
function New-Failure($Exception, $Category, $Target) {
    [System.Management.Automation.ErrorRecord]::new($Exception, "[Server=EXB,RequestId=r1,TimeStamp=1] [FailureCategory=Cmdlet-$($Exception.GetType().Name)] 5A8F", $Category, $Target)
}
function Enable-DistributionGroup {
    [CmdletBinding()]
    param([Parameter(Mandatory)][string]$Identity, [string]$Alias, [string]$DomainController, [string]$PrimarySmtpAddress, [string]$DisplayName)
    [IO.File]::AppendAllText([Environment]::GetEnvironmentVariable('LAB_REACHED'), (ConvertTo-Json -Compress -EscapeHandling EscapeNonAscii ([ordered]@{ Identity = $Identity; Alias = $Alias; DomainController = $DomainController })) + "`n")
    switch ($Alias) {
        'missing' { $PSCmdlet.ThrowTerminatingError((New-Failure ([Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException]::new("'$Identity' is not on '$DomainController'")) NotSpecified $Identity)) }
        'already' { $PSCmdlet.WriteError((New-Failure ([Microsoft.Exchange.Management.Tasks.RecipientTaskException]::new('another type')) InvalidArgument $Identity)); return }
        'taken' { $PSCmdlet.WriteError((New-Failure ([Microsoft.Exchange.Data.ProxyAddressExistsException]::new('taken')) InvalidArgument $Identity)); return }
        'hang' { Start-Sleep -Seconds 120 }
        'die' { [Environment]::Exit(9) }
    }
    Write-Warning 'The address policy is old.'
    [pscustomobject]@{ Identity = $Identity; Alias = $Alias; PrimarySmtpAddress = "$Alias@contoso.lab"; Size = '1.5 GB (1,610,612,736 bytes)' }
}
function Disable-DistributionGroup {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
    param([Parameter(Mandatory)][string]$Identity, [string]$DomainController)
    if ($PSCmdlet.ShouldProcess($Identity)) { [pscustomobject]@{ Identity = $Identity } }
}
Export-ModuleMember -Function Enable-DistributionGroup, Disable-DistributionGroup

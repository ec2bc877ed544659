# Exchange's cmdlets in a NoLanguage endpoint of the lab: each asks the practice organisation's port and raises what that
# answers, as an error record of Exchange's class. Where the connection breaks, the server dies in the middle of the command.
if ($env:MC_LAB_FOLDER) { Add-Type -Path (Join-Path $env:MC_LAB_FOLDER 'exchange-exceptions.dll') }

$client = [System.Net.Http.HttpClient]::new()
$client.Timeout = [System.Threading.Timeout]::InfiniteTimeSpan

function New-Request {
    param([System.Collections.IDictionary]$Body)
    $request = [System.Net.Http.HttpRequestMessage]::new('POST', $env:MC_PRACTICE_ENDPOINT)
    $request.Headers.Add('Authorization', "Bearer $env:MC_PRACTICE_TOKEN")
    $request.Content = [System.Net.Http.StringContent]::new((ConvertTo-Json -Compress -Depth 4 -InputObject $Body), [System.Text.Encoding]::UTF8, 'application/json')
    return $request
}

# The session is attended for as long as this process lives, which ends with its client.
if ($env:MC_LAB_SESSION) { $attending = $client.SendAsync((New-Request ([ordered]@{ op = 'attend'; server = $env:MC_LAB_SERVER; session = $env:MC_LAB_SESSION }))) }

function Invoke-Port {
    param([string]$Command, [System.Collections.IDictionary]$Bound, [System.Management.Automation.PSCmdlet]$Cmdlet)
    $parameters = [ordered]@{}
    foreach ($name in $Bound.Keys) { $parameters[$name] = if ($Bound[$name] -is [switch]) { [bool]$Bound[$name] } else { $Bound[$name] } }
    $body = [ordered]@{ op = 'call'; server = $env:MC_LAB_SERVER; session = $env:MC_LAB_SESSION; command = $Command; parameters = $parameters }
    try {
        $answer = ConvertFrom-Json -InputObject $client.Send((New-Request $body)).Content.ReadAsStringAsync().GetAwaiter().GetResult()
    } catch {
        [Environment]::Exit(9)
    }
    if ($null -ne $answer.error) {
        $exception = New-Object -TypeName $answer.error.type -ArgumentList $answer.error.message
        # PowerShell puts the command's name behind the id, where Exchange has the cmdlet's class.
        $id = ([string]$answer.error.id) -replace ',[^,]*$', ''
        $Cmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($exception, $id, $answer.error.category, $Bound['Identity']))
        return
    }
    foreach ($warning in $answer.warnings) { $Cmdlet.WriteWarning($warning) }
    foreach ($object in $answer.objects) { $object }
}

function Enable-DistributionGroup { [CmdletBinding()] param([Parameter(Mandatory)][string]$Identity, [string]$Alias, [string]$DisplayName, [string]$PrimarySmtpAddress, [string]$DomainController, [switch]$Confirm) Invoke-Port $MyInvocation.MyCommand.Name $PSBoundParameters $PSCmdlet }
function Enable-MailUser { [CmdletBinding()] param([Parameter(Mandatory)][string]$Identity, [Parameter(Mandatory)][string]$ExternalEmailAddress, [string]$Alias, [string]$DisplayName, [string]$PrimarySmtpAddress, [string]$DomainController, [switch]$Confirm) Invoke-Port $MyInvocation.MyCommand.Name $PSBoundParameters $PSCmdlet }
function Enable-MailContact { [CmdletBinding()] param([Parameter(Mandatory)][string]$Identity, [Parameter(Mandatory)][string]$ExternalEmailAddress, [string]$Alias, [string]$DisplayName, [string]$PrimarySmtpAddress, [string]$DomainController, [switch]$Confirm) Invoke-Port $MyInvocation.MyCommand.Name $PSBoundParameters $PSCmdlet }
function Enable-Mailbox { [CmdletBinding()] param([Parameter(Mandatory)][string]$Identity, [string]$Database, [string]$Alias, [string]$DisplayName, [string]$PrimarySmtpAddress, [string]$DomainController, [switch]$Confirm) Invoke-Port $MyInvocation.MyCommand.Name $PSBoundParameters $PSCmdlet }
function Disable-DistributionGroup { [CmdletBinding()] param([Parameter(Mandatory)][string]$Identity, [string]$DomainController, [switch]$Confirm) Invoke-Port $MyInvocation.MyCommand.Name $PSBoundParameters $PSCmdlet }
function Disable-MailUser { [CmdletBinding()] param([Parameter(Mandatory)][string]$Identity, [string]$DomainController, [switch]$Confirm) Invoke-Port $MyInvocation.MyCommand.Name $PSBoundParameters $PSCmdlet }
function Disable-MailContact { [CmdletBinding()] param([Parameter(Mandatory)][string]$Identity, [string]$DomainController, [switch]$Confirm) Invoke-Port $MyInvocation.MyCommand.Name $PSBoundParameters $PSCmdlet }
function Disable-Mailbox { [CmdletBinding()] param([Parameter(Mandatory)][string]$Identity, [string]$DomainController, [switch]$Confirm) Invoke-Port $MyInvocation.MyCommand.Name $PSBoundParameters $PSCmdlet }
function Get-Recipient { [CmdletBinding()] param([string]$Identity, [string]$DomainController) Invoke-Port $MyInvocation.MyCommand.Name $PSBoundParameters $PSCmdlet }

Export-ModuleMember -Function Enable-*, Disable-*, Get-Recipient

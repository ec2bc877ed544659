# What stands between the product's scripts and PowerShell's remoting in the lab: sessions by WS-Management exist on Windows
# alone. The practice organisation's port is asked first, so that a wrong password or a used-up quota is the error record
# that Windows gives; then a real session is opened over standard streams (about_Remoting_Over_SSH, with the lab's own ssh).
$client = [System.Net.Http.HttpClient]::new()

function Invoke-Port {
    param([System.Collections.IDictionary]$Body, [int]$Limit)
    $request = [System.Net.Http.HttpRequestMessage]::new('POST', $env:MC_PRACTICE_ENDPOINT)
    $request.Headers.Add('Authorization', "Bearer $env:MC_PRACTICE_TOKEN")
    $request.Content = [System.Net.Http.StringContent]::new((ConvertTo-Json -Compress -InputObject $Body), [System.Text.Encoding]::UTF8, 'application/json')
    $cancel = [System.Threading.CancellationTokenSource]::new($Limit)
    try { ConvertFrom-Json -InputObject $client.Send($request, $cancel.Token).Content.ReadAsStringAsync().GetAwaiter().GetResult() }
    catch { if ($cancel.IsCancellationRequested) { throw [System.TimeoutException]::new() } else { throw } }
    finally { $cancel.Dispose() }
}

function Stop-Opening {
    param([string]$Message, [string]$Id, [int]$Code)
    $exception = [System.Management.Automation.Remoting.PSRemotingTransportException]::new($Message)
    $exception.ErrorCode = $Code
    throw [System.Management.Automation.ErrorRecord]::new($exception, $Id, 'OpenError', $null)
}

function New-PSSession {
    [CmdletBinding()]
    param([string]$ConfigurationName, [uri]$ConnectionUri, [string]$Authentication, [pscredential]$Credential, [System.Management.Automation.Remoting.PSSessionOption]$SessionOption, [switch]$AllowRedirection)
    $server = $ConnectionUri.Host
    $limit = [int]$SessionOption.OpenTimeout.TotalMilliseconds
    $asked = [ordered]@{ op = 'open'; server = $server; username = $Credential.UserName; password = $Credential.GetNetworkCredential().Password }
    # Negative where the client leaves it to the server.
    if ($SessionOption.IdleTimeout.TotalMilliseconds -gt 0) { $asked.idleMs = [int]$SessionOption.IdleTimeout.TotalMilliseconds }
    try {
        $answer = Invoke-Port $asked $limit
    } catch {
        if ($_.Exception -is [System.TimeoutException]) {
            Stop-Opening 'WinRM cannot complete the operation.' 'WinRMOperationTimeout,PSSessionOpenFailed' -2144108250
        }
        Stop-Opening 'The client cannot connect to the destination specified in the request.' 'CannotConnect,PSSessionOpenFailed' -2144108526
    }
    if ($null -ne $answer.error) { Stop-Opening $answer.error.message $answer.error.id $answer.error.code }
    # The process that stands for the server learns from its environment whose session it is.
    $env:MC_LAB_SERVER = $server
    $env:MC_LAB_SESSION = $answer.session
    $env:MC_LAB_ROLE = if (@($answer.offered).Count -gt 0) { 'role' } else { 'no-role' }
    try {
        $session = Microsoft.PowerShell.Core\New-PSSession -HostName $server -UserName $Credential.UserName.Split('\')[-1] -Subsystem powershell -ConnectingTimeout $limit -ErrorAction Stop
    } catch {
        $null = Invoke-Port ([ordered]@{ op = 'close'; server = $server; session = $answer.session }) 5000
        throw
    }
    Add-Member -InputObject $session -NotePropertyName PracticeSession -NotePropertyValue $answer.session
    $session
}

function Remove-PSSession {
    [CmdletBinding()]
    param([Parameter(ValueFromPipeline)][System.Management.Automation.Runspaces.PSSession[]]$Session)
    process {
        foreach ($each in $Session) {
            # Closing is a message of its own to a server that is there; nobody hears it of one that is not.
            if ($each.State -eq 'Opened') { try { $null = Invoke-Port ([ordered]@{ op = 'close'; server = $each.ComputerName; session = $each.PracticeSession }) 5000 } catch { Write-Verbose 'The server is away.' } }
            Microsoft.PowerShell.Core\Remove-PSSession -Session $each
        }
    }
}

Export-ModuleMember -Function New-PSSession, Remove-PSSession

$ErrorActionPreference = 'Stop'

# Application control lets scripts call nothing of .NET there, and all that follows does.
$mode = "$($ExecutionContext.SessionState.LanguageMode)"
if ($mode -ne 'FullLanguage') { throw ($words.mode -f $mode) }

# Milliseconds for each step, and the most octets of a page.
$limit = 8000
$most = 65536

function Get-Moment {
    return [System.DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ss.fff', [System.Globalization.CultureInfo]::InvariantCulture) + 'Z'
}

function Get-Reason {
    param($Exception)
    $name = 'Exception'
    while ($Exception) {
        $name = $Exception.GetType().Name
        if ($Exception -is [System.Net.Sockets.SocketException]) { return "$($Exception.SocketErrorCode)" }
        $Exception = $Exception.InnerException
    }
    return $name
}

# Closes a connection when its time is over, whatever waits on it: a call of .NET itself, because no script runs beside this one.
function Start-Limit {
    param($Client)
    $source = New-Object -TypeName System.Threading.CancellationTokenSource -ArgumentList $limit
    $null = $source.Token.Register([System.Delegate]::CreateDelegate([System.Action], $Client, 'Close'))
    return $source
}

function Find-Name {
    param($Name)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $found = @{ addresses = @(); error = $null; ms = 0 }
    try {
        $lookup = [System.Net.Dns]::GetHostAddressesAsync($Name)
        if ($lookup.Wait($limit)) { $found.addresses = @($lookup.Result | Select-Object -First 8) } else { $found.error = 'TimedOut' }
    } catch { $found.error = Get-Reason $_.Exception }
    $found.ms = $clock.Elapsed.TotalMilliseconds
    return $found
}

# The first address that answers, each with its share of the time.
function Open-Connection {
    param($Addresses, $Port)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $opened = @{ client = $null; address = $null; error = $null; ms = 0 }
    foreach ($address in $Addresses) {
        $client = New-Object -TypeName System.Net.Sockets.TcpClient -ArgumentList $address.AddressFamily
        try {
            if ($client.ConnectAsync($address, $Port).Wait([int]($limit / $Addresses.Count))) {
                $opened.client = $client
                $opened.address = "$address"
                $opened.error = $null
                break
            }
            $reason = 'TimedOut'
        } catch { $reason = Get-Reason $_.Exception }
        $client.Close()
        if (-not $opened.error -or $opened.error -like 'Network*') { $opened.error = $reason }
    }
    $opened.ms = $clock.Elapsed.TotalMilliseconds
    return $opened
}

# Looks at the certificate and trusts it with nothing: all that is sent afterwards is a question that anybody may ask.
$look = {
    param($connection, $certificate, $chain, $policy)
    $script:seen.policy = "$policy"
    if ($certificate) { $script:seen.certificates = @([System.Convert]::ToBase64String($certificate.GetRawCertData())) }
    if ($chain) {
        $script:seen.chain = @($chain.ChainStatus | ForEach-Object { "$($_.Status)" })
        $script:seen.certificates = @($chain.ChainElements | Select-Object -First 12 | ForEach-Object { [System.Convert]::ToBase64String($_.Certificate.GetRawCertData()) })
    }
    return $true
}

function Enter-Tls {
    param($Client, $Name, $Protocols)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $script:seen = @{ policy = $null; chain = @(); certificates = @(); protocol = $null; error = $null; ms = 0 }
    $stream = $null
    $source = Start-Limit $Client
    try {
        $stream = New-Object -TypeName System.Net.Security.SslStream -ArgumentList $Client.GetStream(), $false, ([System.Net.Security.RemoteCertificateValidationCallback]$look)
        $stream.AuthenticateAsClient($Name, $null, $Protocols, $false)
        $script:seen.protocol = "$($stream.SslProtocol)"
    } catch {
        $script:seen.error = if ($source.IsCancellationRequested) { 'TimedOut' } else { Get-Reason $_.Exception }
    }
    $source.Dispose()
    $script:seen.ms = $clock.Elapsed.TotalMilliseconds
    return @{ stream = $stream; seen = $script:seen }
}

function Read-Page {
    param($Client, $Stream, $Name, $Page)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $read = @{ answer = ''; error = $null; ms = 0 }
    $came = New-Object -TypeName System.IO.MemoryStream
    $source = Start-Limit $Client
    try {
        $question = [System.Text.Encoding]::ASCII.GetBytes("GET $Page HTTP/1.1`r`nHost: $Name`r`nConnection: close`r`n`r`n")
        $Stream.Write($question, 0, $question.Length)
        $Stream.Flush()
        $buffer = New-Object -TypeName System.Byte[] -ArgumentList 4096
        while ($came.Length -lt $most) {
            $count = $Stream.Read($buffer, 0, $buffer.Length)
            if ($count -le 0) { break }
            $came.Write($buffer, 0, $count)
        }
    } catch {
        $read.error = if ($source.IsCancellationRequested) { 'TimedOut' } else { Get-Reason $_.Exception }
    }
    $source.Dispose()
    $read.answer = [System.Convert]::ToBase64String($came.ToArray())
    $read.ms = $clock.Elapsed.TotalMilliseconds
    return $read
}

function Get-Observation {
    param($Task)
    $dns = Find-Name $Task.server
    $observed = @{ dns = @{ ms = $dns.ms; addresses = @($dns.addresses | ForEach-Object { "$_" }); error = $dns.error }; tcp = $null; tls = $null; page = $null }
    if ($dns.error -or $dns.addresses.Count -eq 0) { return $observed }
    $opened = Open-Connection $dns.addresses $Task.port
    $observed.tcp = @{ ms = $opened.ms; address = $opened.address; error = $opened.error }
    if (-not $opened.client) { return $observed }
    try {
        # What this computer speaks by itself, and after that whatever it can: TLS 1.0 is the best that an old Exchange has.
        $entered = Enter-Tls $opened.client $Task.server ([System.Security.Authentication.SslProtocols]0)
        if ($entered.seen.error -and $entered.seen.error -ne 'TimedOut' -and $entered.seen.certificates.Count -eq 0) {
            $opened.client.Close()
            $again = Open-Connection $dns.addresses $Task.port
            if ($again.client) {
                $opened = $again
                $retried = Enter-Tls $opened.client $Task.server ([System.Security.Authentication.SslProtocols]4032)
                if (-not $retried.seen.error -or $retried.seen.certificates.Count -gt 0) { $entered = $retried }
            }
        }
        $observed.tls = $entered.seen
        if (-not $entered.seen.error -and $Task.page) { $observed.page = Read-Page $opened.client $entered.stream $Task.server $Task.page }
    } finally { $opened.client.Close() }
    return $observed
}

# The Exchange that is installed on this very computer, by what its setup wrote into the registry. Since 2013 client access is the key CafeRole;
# ClientAccessRole is a part of every mailbox server.
function Get-InstalledExchange {
    try {
        $root = 'HKLM:\SOFTWARE\Microsoft\ExchangeServer\v15'
        if (-not (Test-Path -LiteralPath "$root\Setup")) { return $null }
        $setup = Get-ItemProperty -LiteralPath "$root\Setup"
        $known = [ordered]@{ MailboxRole = 'mailbox'; CafeRole = 'client-access'; EdgeTransportRole = 'edge-transport' }
        $roles = @(foreach ($key in $known.Keys) { if (Test-Path -LiteralPath "$root\$key") { $known[$key] } })
        return @{ build = "$($setup.MsiProductMajor).$($setup.MsiProductMinor).$($setup.MsiBuildMajor).$($setup.MsiBuildMinor)"; roles = $roles }
    } catch {
        $null = $unread.Add('exchange')
        return $null
    }
}

function Get-InstalledModules {
    try {
        $names = 'ExchangeOnlineManagement', 'ActiveDirectory', 'Microsoft.Graph', 'Microsoft.Graph.Authentication'
        return @(Get-Module -ListAvailable -Name $names | Select-Object -First 100 | ForEach-Object { @{ name = $_.Name; version = "$($_.Version)" } })
    } catch {
        $null = $unread.Add('modules')
        return @()
    }
}

# The one file that this script writes. Before the first question it is made, or opened without changing it, so that no work is lost at the end.
function Write-Result {
    param($Text, [switch]$First)
    try {
        Out-File -LiteralPath $Path -Encoding utf8 -NoClobber:($First -and -not $Force) -Append:($First -and $Force) -InputObject $Text
    } catch { throw ($words.unwritable -f $Path, $_.Exception.Message) }
}

$network = [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
$computer = [System.Environment]::MachineName
$fullName = if ($network.DomainName) { "$($network.HostName).$($network.DomainName)" } else { $network.HostName }
if (-not $Path) { $Path = Join-Path -Path $PSScriptRoot -ChildPath "probe-result-$computer.json" }
$folder = Split-Path -LiteralPath $Path
if ($folder -and -not (Test-Path -LiteralPath $folder -PathType Container)) { throw ($words.nowhere -f $Path) }
if (Test-Path -LiteralPath $Path -PathType Container) { throw ($words.folder -f $Path) }
if ((Test-Path -LiteralPath $Path) -and -not $Force) { throw ($words.exists -f $Path) }
Write-Result @() -First

$startedAt = Get-Moment
$servers = New-Object -TypeName System.Collections.ArrayList
$unread = New-Object -TypeName System.Collections.ArrayList
$exchange = Get-InstalledExchange
$modules = @(Get-InstalledModules)
# What was asked until somebody stops this script is worth carrying home as well: the result says how many servers it did not come to.
try {
    foreach ($task in $tasks) {
        Write-Progress -Activity $words.activity -Status $task.server -PercentComplete ([int](100 * $servers.Count / $tasks.Count))
        $at = Get-Moment
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $failed = $null
        $observed = try { Get-Observation $task } catch { $failed = Get-Reason $_.Exception }
        # What this script itself could not do is no word about the server.
        if ($failed) { Write-Warning -Message ($words.failed -f $task.server, $failed); continue }
        $null = $servers.Add(@{
                storeId = $task.storeId; storeName = $task.storeName; provider = $task.provider; server = $task.server; port = $task.port; page = $task.page
                at = $at; ms = $clock.Elapsed.TotalMilliseconds; observed = $observed
            })
        $steps = @($observed.dns, $observed.tcp, $observed.tls, $observed.page | Where-Object { $_ -and $_.error })
        Write-Host -Object $(if ($steps.Count -gt 0) { $words.stopped -f $task.server, $steps[0].error } else { $words.asked -f $task.server })
    }
    Write-Progress -Activity $words.activity -Completed
} finally {
    $payload = ConvertTo-Json -Compress -Depth 8 -InputObject @{
        computer = $computer
        fullName = $fullName
        system = [System.Environment]::OSVersion.VersionString
        powershell = "$($PSVersionTable.PSVersion)"
        edition = "$($PSVersionTable.PSEdition)"
        startedAt = $startedAt
        offsetMinutes = [System.TimeZoneInfo]::Local.GetUtcOffset([System.DateTime]::UtcNow).TotalMinutes
        modules = $modules
        exchange = $exchange
        unread = @($unread.ToArray())
        unasked = $tasks.Count - $servers.Count
        servers = @($servers.ToArray())
    }
    # Not SHA256.Create, which some Windows refuses where only validated algorithms are allowed.
    $digest = New-Object -TypeName System.Security.Cryptography.SHA256CryptoServiceProvider
    $hash = [System.BitConverter]::ToString($digest.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($payload))).Replace('-', '').ToLowerInvariant()
    $result = ConvertTo-Json -InputObject ([ordered]@{ format = $format; version = $version; minimumReader = $version; application = $application; digest = "sha256:$hash"; payload = $payload })
    Write-Result $result
    if ($servers.Count -lt $tasks.Count) { Write-Host -Object ($words.partly -f $servers.Count, $tasks.Count) }
    Write-Host -Object ($words.done -f $Path)
}

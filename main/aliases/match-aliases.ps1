# Matches texts with .NET's own regular expressions, each within a time limit.
# Runs on Windows PowerShell 5.1 and on PowerShell 7. Every text comes with "=" before it, because PowerShell 7 would
# turn one that looks like a date into a date.
param($Argument)

$pattern = ([string]$Argument.pattern).Substring(1)
$limit = [TimeSpan]::FromMilliseconds([double]$Argument.limitMs)
try {
    $options = [System.Text.RegularExpressions.RegexOptions][string]$Argument.options
    $regex = New-Object System.Text.RegularExpressions.Regex -ArgumentList $pattern, $options, $limit
} catch {
    # Reason and offset are known since .NET 7; Windows PowerShell has the message alone.
    $cause = $_.Exception.GetBaseException()
    return [ordered]@{ error = [ordered]@{ reason = [string]$cause.Error; offset = $cause.Offset; words = $cause.Message }; spans = @(); stopped = $false }
}

$spans = New-Object 'System.Collections.Generic.List[int]'
$stopped = $false
foreach ($text in $Argument.inputs) {
    try {
        $match = $regex.Match(([string]$text).Substring(1))
    } catch {
        if ($_.Exception.GetBaseException() -isnot [System.Text.RegularExpressions.RegexMatchTimeoutException]) { throw }
        $stopped = $true
        break
    }
    if ($match.Success) {
        $spans.Add($match.Index)
        $spans.Add($match.Index + $match.Length)
    } else {
        $spans.Add(-1)
        $spans.Add(-1)
    }
}
return [ordered]@{ error = $null; spans = $spans.ToArray(); stopped = $stopped }

# Asks .NET's own engine about many expressions in one process. Reads [{ pattern, options, texts }] from the file named
# first, texts as UTF-16 code units, and writes [{ refused, reason, offset, spans }] to the file named second. Spans are
# start and end of each text's match, -1 twice without one, -2 twice where the engine ran longer than the limit.
param([string]$Question, [string]$Answer)

$limit = [TimeSpan]::FromSeconds(1)
function Text($element) { [string]::new([char[]]@($element.EnumerateArray() | ForEach-Object { [char]$_.GetInt32() })) }

$document = [System.Text.Json.JsonDocument]::Parse([System.IO.File]::ReadAllText($Question))
$answers = foreach ($case in $document.RootElement.EnumerateArray()) {
    try {
        $options = [System.Text.RegularExpressions.RegexOptions]$case.GetProperty('options').GetString()
        $regex = [System.Text.RegularExpressions.Regex]::new((Text $case.GetProperty('pattern')), $options, $limit)
    } catch {
        $cause = $_.Exception.GetBaseException()
        [ordered]@{ refused = $true; reason = [string]$cause.Error; offset = $cause.Offset; spans = @() }
        continue
    }
    $spans = foreach ($text in $case.GetProperty('texts').EnumerateArray()) {
        try {
            $match = $regex.Match((Text $text))
            if ($match.Success) { $match.Index; $match.Index + $match.Length } else { -1; -1 }
        } catch { -2; -2 }
    }
    [ordered]@{ refused = $false; reason = ''; offset = $null; spans = @($spans) }
}
[System.IO.File]::WriteAllText($Answer, (ConvertTo-Json -InputObject @($answers) -Depth 4 -Compress))

#:property PublishAot=false
#:property UseSharedCompilation=false
// Asks the real engine: reads { pattern, options, input } rows as JSON from standard input, writes [success, value] rows.
using System.Text.Json;
using System.Text.RegularExpressions;

using var document = JsonDocument.Parse(Console.OpenStandardInput());
using var output = Console.OpenStandardOutput();
using var writer = new Utf8JsonWriter(output);
writer.WriteStartArray();
foreach (var row in document.RootElement.EnumerateArray())
{
    var pattern = row.GetProperty("pattern").GetString()!;
    var options = Enum.Parse<RegexOptions>(row.GetProperty("options").GetString()!);
    var input = Decode(row.GetProperty("input"));
    var match = Regex.Match(input, pattern, options, TimeSpan.FromSeconds(5));
    writer.WriteStartArray();
    writer.WriteBooleanValue(match.Success);
    // Code units, since a match may hold half of a surrogate pair.
    writer.WriteStartArray();
    foreach (var unit in match.Value) writer.WriteNumberValue(unit);
    writer.WriteEndArray();
    writer.WriteEndArray();
}
writer.WriteEndArray();

static string Decode(JsonElement units) => new(units.EnumerateArray().Select(unit => (char)unit.GetInt32()).ToArray());

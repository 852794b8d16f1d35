using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Audit;

/// <summary>
/// What an action was asked to do. Each action names what is written of it: what is not named here stays out, so that no secret and
/// nothing of a person gets in with a parameter that comes later.
/// </summary>
internal sealed partial class AuditParameters : IEnumerable<KeyValuePair<string, object?>>
{
    // Texts stand as they are, so that people can read them; the trail is no web page.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <summary>Adds a parameter; one without a value is left out.</summary>
    /// <param name="value">A text, texts, a number, a day, a truth value or a word of an enumeration.</param>
    public void Add(string name, object? value)
    {
        if (value is not null)
            _values.Add(name, value);
    }

    /// <summary>The parameters as one JSON text: names in the order of their code points, no blanks.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            foreach (var (name, value) in _values)
            {
                json.WritePropertyName(name);
                Write(json, value!);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case string text:
                json.WriteStringValue(WithoutCredentials(text));
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (var text in texts)
                    json.WriteStringValue(WithoutCredentials(text));
                json.WriteEndArray();
                break;
            case Enum or RowLimit or char:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A parameter of the audit trail is no {value.GetType().Name}.", nameof(value));
        }
    }

    // Addresses may carry an account before their @, and keys after their question mark.
    private static string WithoutCredentials(string text) =>
        Address().Match(text) is { Success: true } address ? address.Groups["scheme"].Value + address.Groups["place"].Value : text;

    [GeneratedRegex(
        @"^(?<scheme>[A-Za-z][A-Za-z0-9+.-]+://)([^/?#]*@)?(?<place>[^?#]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}

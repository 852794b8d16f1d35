using System.Globalization;

namespace LoyaltyPipeline.Benchmarks.Recording;

/// <summary>A bound value, as text with its type.</summary>
/// <param name="Type">Name of the .NET type; null for NULL.</param>
/// <param name="Text">The value.</param>
internal sealed record RecordedValue(string? Type, string? Text)
{
    public static RecordedValue Of(object? value) => value switch
    {
        null => new RecordedValue(null, null),
        DateTime time => new RecordedValue(nameof(DateTime), time.ToString("O", CultureInfo.InvariantCulture)),
        DateOnly day => new RecordedValue(nameof(DateOnly), day.ToString("O", CultureInfo.InvariantCulture)),
        _ => new RecordedValue(value.GetType().Name, Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    public object? ToObject() => Type switch
    {
        null => null,
        nameof(String) => Text,
        nameof(Int32) => int.Parse(Text!, CultureInfo.InvariantCulture),
        nameof(Int64) => long.Parse(Text!, CultureInfo.InvariantCulture),
        nameof(Decimal) => decimal.Parse(Text!, CultureInfo.InvariantCulture),
        nameof(Boolean) => bool.Parse(Text!),
        nameof(DateTime) => DateTime.Parse(Text!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        nameof(DateOnly) => DateOnly.Parse(Text!, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A statement binds a {Type}, which cannot be replayed."),
    };
}

using System.Globalization;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>A key of one or two columns.</summary>
public readonly record struct RowKey(object? First, object? Second)
{
    /// <summary>The values joined by <c>|</c>: <c>7|2024-03-01</c>; a null prints as <c>NULL</c>.</summary>
    public static string Text(IEnumerable<object?> values) => string.Join('|', values.Select(Text));

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

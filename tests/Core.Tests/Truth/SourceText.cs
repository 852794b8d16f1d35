using System.Globalization;
using System.Text;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>
/// Prints source rows as C# that can be pasted into a test; <c>Time</c> and <c>Date</c> are those of <see cref="Moments"/>.
/// </summary>
internal static class SourceText
{
    public static string AsCSharp(SourceData sources)
    {
        var text = new StringBuilder("new SourceData\n{\n");
        foreach (var source in SourceDefinitions.All)
        {
            if (source.Cells(sources) is not { } rows)
                continue;

            text.Append(CultureInfo.InvariantCulture, $"    {RowCells.PropertyName(source.Table.Split('.')[1])} =\n    [\n");
            foreach (var row in rows)
                text.Append(CultureInfo.InvariantCulture, $"        new({string.Join(", ", row.Select(Literal))}),\n");
            text.Append("    ],\n");
        }

        return text.Append('}').ToString();
    }

    public static string Literal(object? cell) => cell switch
    {
        null => "null",
        string value => string.Concat("\"", string.Concat(value.EnumerateRunes().Select(Escaped)), "\""),
        bool value => value ? "true" : "false",
        DateTime value => $"Time(\"{value.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)}\")",
        DateOnly value => $"Date(\"{value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\")",
        decimal value => value.ToString(CultureInfo.InvariantCulture) + "m",
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };

    private static string Escaped(Rune rune) => rune.Value switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        >= ' ' and < 127 => rune.ToString(),
        <= 0xFFFF => $"\\u{rune.Value:X4}",
        _ => $"\\U{rune.Value:X8}",
    };
}

using System.Globalization;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>The one place where values become SQL text. Names need no quoting: see <see cref="Catalog.Identifier"/>.</summary>
public static class SqlText
{
    /// <summary>A text literal.</summary>
    /// <returns>SQL that both engines read alike.</returns>
    public static string Quote(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A date literal.</summary>
    /// <returns>For example <c>DATE '1998-06-30'</c>.</returns>
    public static string Literal(DateOnly day) => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";

    /// <summary>A number literal.</summary>
    public static string Literal(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A text that no spreadsheet runs: one that begins with = + - @, a tab or a carriage return is put behind an apostrophe.
    /// </summary>
    /// <param name="value">SQL of the text.</param>
    /// <returns>SQL of the text to show.</returns>
    public static string WithoutFormula(string value) =>
        $"CASE WHEN ASCII({value}) IN (61, 43, 45, 64, 9, 13) THEN '''' || {value} ELSE {value} END";

    /// <summary>Names or expressions, separated by commas.</summary>
    public static string List(IEnumerable<string> parts) => string.Join(", ", parts);
}

using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>How rows are named where some of them are shown: by their key, personal data masked.</summary>
internal static class RowSample
{
    private const int ColumnsWithoutKey = 3;

    /// <summary>The query that names some of the rows of a table, the same ones each time.</summary>
    /// <param name="rows">What follows FROM: the rows, perhaps with a condition.</param>
    /// <returns>The query, <c>{0}</c> standing for how many.</returns>
    public static string Format(CatalogTable table, string rows)
    {
        var columns = table.Key.Count > 0 ? table.Key : [.. table.Columns.Take(ColumnsWithoutKey)];
        return Format(columns, rows);
    }

    /// <summary>The same, by some columns.</summary>
    public static string Format(IReadOnlyList<CatalogColumn> columns, string rows)
    {
        var texts = columns.Select(column => column.PersonalData == PersonalData.None
            ? $"'{column.Name}=' || COALESCE(CAST({column.Name} AS VARCHAR), 'NULL')"
            : SqlText.Quote($"{column.Name}={PersonalDataMask.Masked}"));
        var key = SqlText.List(columns.Select(column => column.Name));
        return $"SELECT {string.Join(" || ', ' || ", texts)} FROM {Escape(rows)} ORDER BY {key} LIMIT {{0}}";
    }

    /// <summary>A query as it goes through string.Format.</summary>
    public static string Escape(string query) =>
        query.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}

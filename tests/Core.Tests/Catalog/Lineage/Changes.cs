using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Tests.Catalog.Lineage;

/// <summary>Ways to change one column of a table and nothing else, as statements.</summary>
internal static class Changes
{
    // Every other row, so that rows that were alike become different.
    private const string EveryOther = "rowid % 2 = 0";

    /// <summary>The statements, each a change of its own.</summary>
    /// <param name="name">Where the table is.</param>
    public static IEnumerable<string> Of(CatalogTable table, CatalogColumn column, string name)
    {
        foreach (var value in ValuesOf(column).Concat(column.Nullable ? ["NULL"] : []))
            yield return $"UPDATE {name} SET {column.Name} = {value} WHERE {EveryOther}";

        // What a key says is that there is such a row.
        if (table.Key.Contains(column))
        {
            yield return $"DELETE FROM {name} WHERE {EveryOther}";
            yield return $"DELETE FROM {name} WHERE rowid >= 12";
        }
    }

    private static IEnumerable<string> ValuesOf(CatalogColumn column) => column.Type.DataType switch
    {
        DataType.Varchar when column.Accepted.Count > 0 => [.. column.Accepted.Select(SqlText.Quote), Next(column)],
        DataType.Varchar => ["'other'", $"{column.Name} || 'x'"],
        DataType.Boolean => [$"NOT {column.Name}", "TRUE"],
        DataType.Date or DataType.Timestamp =>
            [$"{column.Name} - INTERVAL '1 day'", $"{column.Name} - INTERVAL '45 days'", $"{column.Name} + INTERVAL '45 days'"],
        _ => [$"{column.Name} + 1", $"{column.Name} - 1", "3"],
    };

    private static string Next(CatalogColumn column)
    {
        var pairs = column.Accepted.Zip(column.Accepted.Skip(1).Append(column.Accepted[0]));
        return $"CASE {column.Name} {string.Join(' ', pairs.Select(pair => $"WHEN {SqlText.Quote(pair.First)} THEN {SqlText.Quote(pair.Second)}"))} END";
    }
}

using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.PiiScan;

/// <summary>Which tables and columns of a warehouse are looked through.</summary>
internal static class ScannedTables
{
    // Of all other types, numbers too, the text of a value may be personal.
    private static readonly string[] NeverPersonal = ["BOOLEAN", "DATE", "TIME", "INTERVAL", "BLOB", "BINARY"];

    /// <summary>The tables that are named.</summary>
    public static IReadOnlyList<CatalogTable> Find(LoyaltyCatalog catalog, IReadOnlyList<string> names, IRunReporter reporter)
    {
        if (names.Count == 0)
            return [.. catalog.Tables.Where(table => table.Kind != TableKind.View)];
        var match = NameMatch.Of(names, [.. catalog.Tables.SelectMany(table => (string[])[table.Name.ToString(), table.Name.Table])]);
        foreach (var name in match.Missing)
            reporter.NotFound(
                LoyaltyErrors.SourceTableUnknown.Because(
                    $"The catalog has no table {name}.", name,
                    "Give a table of the catalog, such as USER_PROFILE or LOYALTY.MASTER; -Path looks through files."));
        return [.. catalog.Tables.Where(table => NamePattern.FitsAny(names, table.Name.ToString(), table.Name.Table))];
    }

    /// <summary>The columns to look at, those too that the catalog does not know.</summary>
    public static IReadOnlyList<(string Name, string Value)> ColumnsOf(TableShape shape) =>
    [
        .. shape.Columns
            .Where(column => !Array.Exists(NeverPersonal, type => column.Value.StartsWith(type, StringComparison.OrdinalIgnoreCase)))
            .Select(column => (column.Key, $"\"{column.Key.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")),
    ];
}

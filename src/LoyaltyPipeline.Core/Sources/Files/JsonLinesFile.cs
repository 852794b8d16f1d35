using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Reads files of one JSON object a line. Lines are read as text first, so that one that is no JSON is seen, not skipped.</summary>
internal static class JsonLinesFile
{
    private const string Line = "LINE";

    /// <summary>Looks at the keys and says how the file is read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="file">The file.</param>
    /// <param name="plainPath">Where it lies uncompressed.</param>
    /// <param name="reporter">Hears of keys that are unknown or missing.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Errors.LoyaltyException"><c>SourceColumnMissing</c>: no line has a key that is needed.</exception>
    public static async Task<FileScan> OpenAsync(
        IWarehouseSession session, SourceFile file, string plainPath, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var relation = $$"""
            (SELECT * FROM read_csv({{SqlText.Quote(plainPath)}}, columns = {'{{Line}}': 'VARCHAR'}, header = false, auto_detect = false,
                delim = '', quote = '', escape = '') WHERE {{Line}} IS NOT NULL)
            """;
        var numbered = $"(SELECT ROW_NUMBER() OVER () AS LINE_NUMBER, {Line} FROM {relation.Replace($" WHERE {Line} IS NOT NULL", string.Empty, StringComparison.Ordinal)} AS f)";
        var keys = await session.ListAsync(
            $"SELECT DISTINCT UNNEST(json_keys({Line})) FROM {relation} AS f WHERE json_valid({Line}) AND json_type({Line}) = 'OBJECT' ORDER BY 1",
            [],
            reader => reader.GetString(0),
            cancellationToken);
        var cells = keys.Count == 0 ? file.Table.Columns.ToDictionary(column => column.Name, _ => "CAST(NULL AS VARCHAR)", StringComparer.Ordinal) : Match(file, keys, reporter);
        return new FileScan
        {
            File = file,
            Relation = $"(SELECT * FROM {numbered} AS n WHERE {Line} IS NOT NULL)",
            RecordNumber = "LINE_NUMBER",
            Cells = cells,
            Malformed = $"(NOT json_valid({Line}) OR json_type({Line}) <> 'OBJECT')",
            PositionName = "line",
        };
    }

    // Lines need not all have the same keys, and exporters differ in the case they write; a line has at most one spelling of a column.
    private static Dictionary<string, string> Match(SourceFile file, IReadOnlyList<string> keys, IRunReporter reporter)
    {
        var names = keys.Select(key => key.ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        ColumnMatch.Match(file, names, reporter);
        return keys
            .Where(key => file.Table.FindColumn(key) is not null)
            .GroupBy(key => file.Table.FindColumn(key)!)
            .ToDictionary(group => group.Key.Name, Cell, StringComparer.Ordinal);
    }

    private static string Cell(IGrouping<CatalogColumn, string> spellings) =>
        $"COALESCE({SqlText.List(spellings.Select(key => $"CASE WHEN json_valid({Line}) THEN json_extract_string({Line}, {SqlText.Quote($"$.\"{key}\"")}) END"))})";
}

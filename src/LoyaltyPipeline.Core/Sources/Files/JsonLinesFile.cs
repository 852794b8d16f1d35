using System.Text.Json;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Reads files of one JSON object a line. Lines are read as text first, so that one that is no JSON is seen, not skipped.</summary>
internal static class JsonLinesFile
{
    private const string Object = "OBJECT";

    /// <summary>Looks at the keys and says how the file is read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="file">The file.</param>
    /// <param name="plainPath">Where it lies uncompressed.</param>
    /// <param name="folder">Where to put what must be written beside the file.</param>
    /// <param name="reporter">Hears of keys that are unknown or missing.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="Errors.LoyaltyException"><c>SourceColumnMissing</c>: no line has a key that is needed; <c>SourceFileUnreadable</c>: the last line is cut off.</exception>
    public static async Task<FileScan> OpenAsync(
        IWarehouseSession session, SourceFile file, string plainPath, string folder, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var lines = SortedRecords.Sort(plainPath, delimiter: null, line => FaultOf(file, line), columns: 1, folder, cancellationToken);
        var relation = lines.SoundRelation([Object]);
        var keys = await session.ListAsync(
            $"SELECT DISTINCT UNNEST(json_keys({Object})) FROM {relation} AS f WHERE json_valid({Object}) AND json_type({Object}) = 'OBJECT' ORDER BY 1",
            [],
            reader => reader.GetString(0),
            cancellationToken);
        var cells = keys.Count == 0 ? file.Table.Columns.ToDictionary(column => column.Name, _ => "CAST(NULL AS VARCHAR)", StringComparer.Ordinal) : Match(file, keys, reporter);
        return new FileScan
        {
            File = file,
            Relation = relation,
            RecordNumber = SortedRecords.Line,
            Cells = cells,
            Structures = cells.ToDictionary(pair => pair.Key, pair => IsStructure(pair.Key, pair.Value, keys), StringComparer.Ordinal),
            Malformed = $"(NOT json_valid({Object}) OR json_type({Object}) <> 'OBJECT')",
            Unreadable = lines,
            PositionName = "line",
        };
    }

    private static string? FaultOf(SourceFile file, RecordScanner line)
    {
        var text = line.Bytes(line.Cells[0]).Trim(" \t"u8);
        if (line.EndsFile && IsUnfinished(text))
            throw CutOffFile.Error(file, $"its last object, on line {line.Line}, does not end");
        return line.Fault ?? (text.IsEmpty ? string.Empty : null);
    }

    private static bool IsUnfinished(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("{"u8))
            return false;
        var reader = new Utf8JsonReader(text, isFinalBlock: false, state: default);
        try
        {
            return !reader.Read() || !reader.TrySkip();
        }
        catch (JsonException)
        {
            // More text would not mend it.
            return false;
        }
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

    private static string Cell(IGrouping<CatalogColumn, string> spellings) => First("json_extract_string", spellings);

    // Looking at the text first saves taking the line apart once more.
    private static string IsStructure(string column, string cell, IEnumerable<string> keys)
    {
        var spellings = keys.Where(key => string.Equals(key, column, StringComparison.OrdinalIgnoreCase)).ToList();
        return spellings.Count == 0 ? "FALSE" : $"({cell}[1] IN ('{{', '[') AND {First("json_type", spellings)} IN ('OBJECT', 'ARRAY'))";
    }

    private static string First(string function, IEnumerable<string> spellings) =>
        $"COALESCE({SqlText.List(spellings.Select(key => $"CASE WHEN json_valid({Object}) THEN {function}({Object}, {SqlText.Quote($"$.\"{key}\"")}) END"))})";
}

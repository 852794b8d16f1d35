using System.Text.Json;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>
/// Reads files of one JSON object a line. Lines are read as text first, so that one that is no JSON is seen, not skipped.
/// </summary>
internal static class JsonLinesFile
{
    private const string Object = "OBJECT";

    // Of a conjunction the engine may look at the second part first, and that fails where the text is no JSON.
    private const string IsObject = $"(CASE WHEN json_valid({Object}) THEN json_type({Object}) = 'OBJECT' ELSE FALSE END)";

    // What string.Trim takes away.
    private const string Blanks =
        "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    /// <summary>Looks at the keys and says how the file is read.</summary>
    /// <param name="plainPath">Where it lies uncompressed.</param>
    /// <param name="folder">Where to put what must be written beside the file.</param>
    /// <param name="reporter">Hears of keys that are unknown or missing.</param>
    /// <exception cref="Errors.LoyaltyException"><c>SourceColumnMissing</c>: no line has a key that is needed; <c>SourceFileUnreadable</c>:
    /// the last line is cut off.</exception>
    public static async Task<FileScan> OpenAsync(
        IWarehouseSession session, SourceFile file, string plainPath, string folder, IRunReporter reporter,
        CancellationToken cancellationToken)
    {
        DemandLines(file, plainPath);
        var lines = SortedRecords.Sort(plainPath, spelling: null, line => FaultOf(file, line), columns: 1, folder, cancellationToken);
        var read = SortedRecords.SoundRelation([Object]);
        var found = await session.ListAsync(
            $"""
            SELECT NAME, BOOL_OR(IS_TWICE)
            FROM (
                SELECT UNNEST(KEYS) AS NAME, {HasTwice("KEYS")} AS IS_TWICE
                FROM (SELECT json_keys({Object}) AS KEYS FROM {read(lines.Place)} AS f WHERE {IsObject}) AS k
            ) AS n
            GROUP BY NAME
            ORDER BY NAME
            """,
            [],
            reader => (Name: reader.GetString(0), IsTwice: reader.GetBoolean(1)),
            cancellationToken);
        List<string> keys = [.. found.Select(key => key.Name)];
        file = file.Naming(keys);
        var cells = keys.Count == 0
            ? file.Table.Columns.ToDictionary(column => column.Name, _ => "CAST(NULL AS VARCHAR)", StringComparer.Ordinal)
            : Match(file, keys, reporter);
        return new FileScan
        {
            File = file,
            Place = lines.Place,
            Read = read,
            RecordNumber = SortedRecords.Line,
            Cells = cells,
            Structures = cells.ToDictionary(pair => pair.Key, pair => IsStructure(pair.Key, keys), StringComparer.Ordinal),
            NoNumbers = cells.Keys
                .Where(name => file.Table.FindColumn(name)!.Type.DataType == DataType.Varchar && keys.Exists(key => IsSpelling(name, key)))
                .ToDictionary(name => name, name => IsNoNumber(name, keys), StringComparer.Ordinal),
            Inexact = cells.Keys.Where(name => keys.Exists(key => IsSpelling(name, key)))
                .ToDictionary(
                    name => name, name => IsInexact(name, First("json_extract_string", name, keys), keys), StringComparer.Ordinal),
            Malformed =
            [
                ($"NOT {IsObject}", "the line is no JSON object"),
                .. found.Any(key => key.IsTwice)
                    ? new[] { (
                        $"CASE WHEN {IsObject} THEN {HasTwice($"json_keys({Object})")} END",
                        "the object has a key twice, in the same spelling or another") }
                    : [],
            ],
            Unreadable = lines,
            PositionName = "line",
        };
    }

    // What tools export by default is JSON too, but each line of it is none: all of the file would be rejected, line by line.
    private static void DemandLines(SourceFile file, string plainPath)
    {
        using var stream = File.OpenRead(plainPath);
        var scanner = new RecordScanner(stream, delimiter: null);
        if (!scanner.Read())
            return;
        var first = Trimmed(scanner);
        if (first.StartsWith("["u8))
            throw NotLines("a JSON array", "jq -c '.[]'");
        var isUnfinished = IsUnfinished(first);
        if (isUnfinished && scanner.Read() && !Trimmed(scanner).StartsWith("{"u8))
            throw NotLines("JSON laid out over several lines", "jq -c .");

        Errors.LoyaltyException NotLines(string what, string remedy) => Errors.LoyaltyErrors.SourceFileUnreadable.Because(
            $"{file.Path} is {what}; what is read is one object a line.", file.Path,
            $"Have it delivered as JSON lines; {remedy} makes them of it. Nothing of it was imported.");
    }

    private static ReadOnlySpan<byte> Trimmed(RecordScanner line) => line.Bytes(line.Cells[0]).Trim(" \t"u8);

    private static string? FaultOf(SourceFile file, RecordScanner line)
    {
        var text = Trimmed(line);
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

    // As keys are matched with columns: in any case, without blanks around them. An object that says two things of one column says nothing.
    private static string HasTwice(string keys) =>
        $"(len(list_distinct(list_transform({keys}, lambda name : upper(trim(name, {SqlText.Quote(Blanks)}))))) < len({keys}))";

    // Lines need not all have the same keys, and exporters differ in the case they write; a line that is read has at most one spelling of a
    // column.
    private static Dictionary<string, string> Match(SourceFile file, IReadOnlyList<string> keys, IRunReporter reporter)
    {
        var names = keys.Select(key => key.Trim().ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        return ColumnMatch.Match(file, names, reporter)
            .OfType<CatalogColumn>()
            .ToDictionary(column => column.Name, column => Cell(column.Name, [.. keys]), StringComparer.Ordinal);
    }

    // Looking at the text first saves taking the line apart once more.
    private static string IsStructure(string column, List<string> keys) => keys.Exists(key => IsSpelling(column, key))
        ? $"({First("json_extract_string", column, keys)}[1] IN ('{{', '[') AND {First("json_type", column, keys)} IN ('OBJECT', 'ARRAY'))"
        : "FALSE";

    // Programs write a missing value so, and the engine takes it for a number.
    private static string IsNoNumber(string column, List<string> keys)
    {
        var text = First("json_extract_string", column, keys);
        return $"COALESCE(LTRIM(LOWER({text}), '-') IN ('nan', 'inf', 'infinity') AND {IsDouble(column, keys)}, FALSE)";
    }

    private static string IsInexact(string column, string text, List<string> keys) =>
        $"({IsFloat(column, text, keys)} AND {ValueConversion.IsBeyondFloat(text)})";

    // The engine reads a number with a point or an exponent as a float, and writes 1.10 as 1.1. How it was spelled stands in the line; what
    // is found there is the number itself where it says the same. An object within the object may have the key too.
    private static string Cell(string column, List<string> keys)
    {
        var text = First("json_extract_string", column, keys);
        var spelling = $@"regexp_extract({Object}, '(?i)""\s*{Literally(column)}\s*""\s*:\s*(-?[0-9.]+(e[+-]?[0-9]+)?)', 1)";
        var saysTheSame = $"TRY_CAST({spelling} AS DOUBLE) = TRY_CAST({text} AS DOUBLE)";
        return $"CASE WHEN {IsFloat(column, text, keys)} AND {saysTheSame} THEN {spelling} ELSE {text} END";
    }

    private static string IsFloat(string column, string text, List<string> keys) => $"""
        (regexp_full_match({text}, '-?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?') AND NOT regexp_full_match({text}, '-?[0-9]+')
            AND COALESCE({IsDouble(column, keys)}, FALSE))
        """;

    private static string IsDouble(string column, List<string> keys) => $"{First("json_type", column, keys)} = 'DOUBLE'";

    private static bool IsSpelling(string column, string key) => string.Equals(key.Trim(), column, StringComparison.OrdinalIgnoreCase);

    private static string First(string function, string column, IEnumerable<string> keys)
    {
        var values = keys.Where(key => IsSpelling(column, key)).Select(key => SqlText.Quote(PathOf(key)))
            .Select(path => $"CASE WHEN json_valid({Object}) THEN {function}({Object}, {path}) END");
        return $"COALESCE({SqlText.List(values)})";
    }

    // A name as a pattern in SQL: that of a column of the catalog is one already, that of a file may be anything.
    private static string Literally(string name) => string.Concat(name.Select(character =>
        char.IsAsciiLetterOrDigit(character) || character == '_' || !char.IsAscii(character)
            ? $"{character}"
            : $"\\x{(int)character:x2}"));

    // A path in quotes can hold none; what begins with a slash can.
    private static string PathOf(string key) => key.AsSpan().ContainsAny('"', '\\')
        ? $"/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"
        : $"$.\"{key}\"";
}

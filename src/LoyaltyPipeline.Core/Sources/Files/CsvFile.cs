using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Reads CSV after RFC 4180: an unquoted empty cell is NULL, a quoted one is the empty text.</summary>
internal static class CsvFile
{
    /// <summary>Looks at the header and says how the file is read.</summary>
    /// <param name="plainPath">Where it lies uncompressed.</param>
    /// <param name="look">What it looks like.</param>
    /// <param name="spelling">How values are written.</param>
    /// <param name="folder">Makes a folder for what must be written beside the file.</param>
    /// <param name="reporter">Hears of columns that are unknown or missing.</param>
    /// <exception cref="LoyaltyException"><c>SourceFileUnreadable</c>, <c>SourceColumnMissing</c>.</exception>
    public static FileScan Open(
        SourceFile file, string plainPath, FileLook look, CsvSpelling spelling, Func<string> folder, IRunReporter reporter)
    {
        var (header, headerLine) = ReadHeader(file, plainPath, spelling.Delimiter);
        file = file.Naming(header);
        var columns = ColumnMatch.Match(file, header, reporter, () => look.FirstLine(header, spelling.Delimiter));
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var position = 0; position < columns.Count; position++)
        {
            if (columns[position] is { } column)
                cells.Add(column.Name, CellName(position));
        }

        var texts = SqlText.List(columns.Select((_, position) => $"'{CellName(position)}': 'VARCHAR'"));
        var nullTokens = SqlText.List(spelling.NullTokens.Select(SqlText.Quote));
        var scan = new FileScan
        {
            File = file,
            Place = EnginePath.Literal(plainPath),
            Read = place => $$"""
                read_csv({{place}}, columns = { {{texts}} }, header = true, auto_detect = false,
                    delim = {{SqlText.Quote(spelling.Delimiter)}}, quote = '"', escape = '"',
                    nullstr = [{{nullTokens}}], allow_quoted_nulls = false, hive_partitioning = false)
                """,
            Cells = cells,
            PositionName = "line",
            Swallowed = SwallowedRows.Condition(file.Table, spelling.Delimiter, header.Count),
        };
        // The engine takes the first line for the header, also where it is empty.
        return scan with { Sort = token => Sort(scan, plainPath, spelling, header.Count, folder(), token), MustSort = headerLine > 1 };
    }

    private static string CellName(int position) => $"C{position}";

    private static FileScan Sort(
        FileScan scan, string plainPath, CsvSpelling spelling, int columns, string folder, CancellationToken cancellationToken)
    {
        var isHeader = true;
        var records = SortedRecords.Sort(plainPath, spelling, FaultOf, columns, folder, cancellationToken);
        return scan with
        {
            Place = records.Place,
            Read = SortedRecords.SoundRelation(Enumerable.Range(0, columns).Select(CellName)),
            RecordNumber = SortedRecords.Line,
            Unreadable = records,
            Sort = null,
            MustSort = false,
        };

        string? FaultOf(RecordScanner record)
        {
            if (isHeader)
            {
                isHeader = false;
                return string.Empty;
            }

            if (record.EndsFile && record.Cells.Count < columns && !IsBlank(record))
                throw CutOffFile.Error(scan.File, $"its last row, on line {record.Line}, has fewer values than the header");
            if (record.Fault is not null)
                return NameOf(scan, record.FaultyValue) + record.Fault;

            // Some exporters end each row with a delimiter; the engine does not mind that either.
            var values = record.Cells.Count == columns + 1 && record.Cells[columns].IsNull ? columns : record.Cells.Count;
            return values < columns ? "the row has too few values" : values > columns ? "the row has too many values" : null;
        }
    }

    // Blanks, or the mark with which DOS ends a file, are no beginning of a row.
    private static bool IsBlank(RecordScanner record) =>
        record.Cells is [var only] && !record.Bytes(only).ContainsAnyExceptInRange((byte)0, (byte)' ');

    private static string NameOf(FileScan scan, int? value) => value is not { } position ? string.Empty
        : scan.Cells.FirstOrDefault(pair => pair.Value == CellName(position)).Key is { } name ? $"column {name}: "
        : $"value {position + 1}: ";

    private static (IReadOnlyList<string> Names, long Line) ReadHeader(SourceFile file, string plainPath, string delimiter)
    {
        using var stream = File.OpenRead(plainPath);
        var scanner = new RecordScanner(stream, delimiter);
        if (!scanner.Read())
        {
            throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{file.Path} is empty: it has not even a header.", file.Path,
                "Have the file delivered again; a delivery without rows still has the header line.");
        }

        return scanner.Fault is null
            ? ([.. scanner.Cells.Select(scanner.Text)], scanner.Line)
            : throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{file.Path} has a header that cannot be read: {scanner.Fault}.", file.Path);
    }
}

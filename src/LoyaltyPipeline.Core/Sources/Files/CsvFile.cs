using CsvHelper;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Reads CSV after RFC 4180: an unquoted empty cell is NULL, a quoted one is the empty text.</summary>
internal static class CsvFile
{
    /// <summary>Looks at the header and says how the file is read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="plainPath">Where it lies uncompressed.</param>
    /// <param name="delimiter">What separates values.</param>
    /// <param name="index">Number of the file in its import.</param>
    /// <param name="reporter">Hears of columns that are unknown or missing.</param>
    /// <exception cref="LoyaltyException"><c>SourceFileUnreadable</c>, <c>SourceColumnMissing</c>.</exception>
    public static FileScan Open(SourceFile file, string plainPath, char delimiter, int index, IRunReporter reporter)
    {
        var header = ReadHeader(file, plainPath, delimiter);
        var columns = ColumnMatch.Match(file, header, reporter);
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var position = 0; position < columns.Count; position++)
        {
            if (columns[position] is { } column)
                cells.Add(column.Name, $"C{position}");
        }

        var rejects = $"IMPORT_REJECTS_{index}";
        var names = string.Join(", ", header.Select((_, position) => $"'C{position}': 'VARCHAR'"));
        var separator = SqlText.Quote(delimiter.ToString());
        return new FileScan
        {
            File = file,
            Relation = $$"""
                read_csv({{SqlText.Quote(plainPath)}}, columns = {{{names}}}, header = true, auto_detect = false, delim = {{separator}}, quote = '"', escape = '"',
                    nullstr = '', allow_quoted_nulls = false, store_rejects = true, rejects_table = '{{rejects}}', rejects_scan = '{{rejects}}_SCAN', rejects_limit = 0)
                """,
            RecordNumber = "ROW_NUMBER() OVER ()",
            Cells = cells,
            RejectsTable = rejects,
            LinesOf = plainPath,
            Delimiter = delimiter,
            PositionName = "line",
        };
    }

    /// <summary>A reader that takes records apart as the engine does and knows on which line they begin.</summary>
    /// <param name="plainPath">The uncompressed file.</param>
    /// <param name="delimiter">What separates values.</param>
    public static CsvReader OpenReader(string plainPath, char delimiter) =>
        CsvReader.FromFile(plainPath, CsvReaderOptions.Default with { Separator = delimiter, TrackLineNumbers = true });

    private static IReadOnlyList<string> ReadHeader(SourceFile file, string plainPath, char delimiter)
    {
        RefuseUtf16(file, plainPath);
        using var reader = OpenReader(plainPath, delimiter);
        return reader.Headers.Count > 0
            ? [.. reader.Headers]
            : throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{file.Path} is empty: it has not even a header.", file.Path, "Have the file delivered again; a delivery without rows still has the header line.");
    }

    // DuckDB reads UTF-8; a file in UTF-16 would come apart into nonsense.
    private static void RefuseUtf16(SourceFile file, string plainPath)
    {
        Span<byte> mark = stackalloc byte[2];
        using var stream = File.OpenRead(plainPath);
        if (stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length && mark is [0xFF, 0xFE] or [0xFE, 0xFF])
            throw LoyaltyErrors.SourceFileUnreadable.Because($"{file.Path} is encoded in UTF-16.", file.Path, "Have the file delivered in UTF-8.");
    }
}

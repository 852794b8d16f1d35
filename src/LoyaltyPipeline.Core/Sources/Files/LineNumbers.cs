using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>
/// Finds the line of each row of a CSV file. The engine numbers records; lines differ from them where a quoted value spans lines, and rows
/// from records where the engine kept a malformed record apart. Both shifts hold from some row on, so only where they change is stored.
/// </summary>
/// <param name="session">The session.</param>
internal sealed class LineNumbers(IWarehouseSession session)
{
    private const string Shifts = "IMPORT_LINE_SHIFTS";

    /// <summary>SQL for the line of a row of the stage, to be used with <see cref="Join"/>.</summary>
    public static string Line => $"s.{FileLoader.Record} + COALESCE(l.SHIFT, 0)";

    /// <summary>Joins the stage, named s, with what <see cref="Line"/> needs.</summary>
    public static string Join =>
        $"ASOF LEFT JOIN {Shifts} AS l ON s.{FileLoader.FileIndex} = l.{FileLoader.FileIndex} AND s.{FileLoader.Record} >= l.FIRST_RECORD";

    public Task PrepareAsync(CancellationToken cancellationToken) => session.ExecuteAsync(
        $"CREATE OR REPLACE TEMPORARY TABLE {Shifts} ({FileLoader.FileIndex} INTEGER, FIRST_RECORD BIGINT, SHIFT BIGINT)", cancellationToken);

    /// <summary>Learns the lines of a file.</summary>
    /// <param name="scan">The file.</param>
    /// <param name="index">Its number in the import.</param>
    /// <param name="keptApart">The records, counting the header, that the engine kept apart.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The line of each record kept apart.</returns>
    public async Task<IReadOnlyDictionary<long, long>> LearnAsync(FileScan scan, int index, IReadOnlySet<long> keptApart, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<long, long>();
        if (scan.LinesOf is null)
            return lines;

        using var reader = CsvFile.OpenReader(scan.LinesOf, scan.Delimiter);
        long record = 1, row = 0, shift = 0;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            record++;
            if (keptApart.Contains(record))
            {
                lines.Add(record, reader.LineNumber);
            }
            else if (reader.LineNumber - ++row != shift)
            {
                shift = reader.LineNumber - row;
                await session.ExecuteAsync($"INSERT INTO {Shifts} VALUES ({index}, {row}, {shift})", cancellationToken);
            }
        }

        return lines;
    }
}

using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Quality;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Sources.Files;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Screens the rows of an import of which some are known to be unusable: loads them again with their place in the file, sets the unusable
/// ones apart with file, line, column and reason, and picks winners among rows of one key.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="table">The table.</param>
internal sealed class RowScreen(IWarehouseSession session, CatalogTable table)
{
    private readonly LineNumbers _lines = new(session);

    /// <summary>Screens.</summary>
    /// <param name="scans">The files.</param>
    /// <param name="pickWinners">Whether rows of one key compete.</param>
    /// <param name="cancellationToken">Cancels the query at hand.</param>
    /// <returns>A relation with the accepted rows, and the number of rows read.</returns>
    public async Task<(string Accepted, long Read)> RunAsync(IReadOnlyList<FileScan> scans, bool pickWinners, CancellationToken cancellationToken)
    {
        var read = await LoadAsync(scans, cancellationToken);
        await RejectRowsAsync(scans, RejectionRule.Type, $"s.{FileLoader.BadColumn} IS NOT NULL", BadCellDetail(), cancellationToken);
        var accepted = $"(SELECT * FROM {ImportTables.Stage} AS s WHERE {FileLoader.BadColumn} IS NULL)";

        var rules = RowRules.Of(table);
        await RejectRowsAsync(scans, rule: null, $"s.{FileLoader.BadColumn} IS NULL AND ({rules.AnyBroken})", rules.FirstDetail, cancellationToken);
        accepted = $"(SELECT * FROM {accepted} AS s WHERE NOT ({rules.AnyBroken}))";

        if (pickWinners && await KeyUniqueness.HasDuplicatesAsync(session, accepted, table.Key, cancellationToken))
        {
            var contest = await KeyContest.HoldAsync(session, table, accepted, ImportTables.Prefix, cancellationToken);
            await RejectAsync(contest.Contest, $"'{RejectionRule.Duplicate}'", scans, "s.PLACE > 1", $"'{RejectionRule.DuplicateDetail}'", cancellationToken);
            accepted = contest.Winners;
        }

        await session.ExecuteAsync(
            $"CREATE OR REPLACE TEMPORARY TABLE {ImportTables.Accepted} AS SELECT {SqlText.List(table.Columns.Select(column => column.Name))} FROM {accepted} AS a", cancellationToken);
        return (ImportTables.Accepted, read);
    }

    private async Task<long> LoadAsync(IReadOnlyList<FileScan> scans, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"CREATE OR REPLACE TEMPORARY TABLE {ImportTables.Stage} ({Ddl.ColumnList(session.Dialect, table.Columns)}, {FileLoader.FileIndex} INTEGER, {FileLoader.Record} BIGINT, {FileLoader.BadColumn} VARCHAR)",
            cancellationToken);
        await _lines.PrepareAsync(cancellationToken);
        var loader = new FileLoader(session, table);
        long read = 0;
        for (var index = 0; index < scans.Count; index++)
        {
            var scan = scans[index];
            if (scan.RejectsTable is not null)
                await session.ExecuteAsync($"DROP TABLE IF EXISTS {scan.RejectsTable}", cancellationToken);
            read += await loader.LoadInDetailAsync(scan, index, ImportTables.Stage, cancellationToken);
            read += await RejectKeptApartAsync(scan, index, cancellationToken);
        }

        return read;
    }

    // The reader itself keeps apart what does not come apart into the columns of the header.
    private async Task<long> RejectKeptApartAsync(FileScan scan, int index, CancellationToken cancellationToken)
    {
        var records = scan.RejectsTable is null ? [] : await session.ListAsync(
            $"SELECT line, MIN_BY(error_type, column_idx), MIN_BY(column_name, column_idx) FROM {scan.RejectsTable} GROUP BY line ORDER BY line",
            [],
            reader => (Record: reader.LongAt(0), Reason: reader.GetValue(1).ToString()!, Column: reader.TextAt(2)),
            cancellationToken);
        var lines = await _lines.LearnAsync(scan, index, records.Select(record => record.Record).ToHashSet(), cancellationToken);
        foreach (var (record, reason, column) in records)
        {
            var position = $"{scan.File.Name} line {lines.GetValueOrDefault(record, record)}";
            await session.ExecuteAsync(
                $"INSERT INTO {ImportTables.Rejected} VALUES (?, NULL, '{RejectionRule.Type}', ?)", [table.Name.ToString(), $"{position}: {Describe(scan, reason, column)}"], cancellationToken);
        }

        return records.Count;
    }

    private static string Describe(FileScan scan, string reason, string? column) => reason switch
    {
        "MISSING COLUMNS" => "the row has too few values",
        "TOO MANY COLUMNS" => "the row has too many values",
        "UNQUOTED VALUE" => $"column {NameOf(scan, column)}: a quote is not closed, or stands inside a value that is not quoted",
        "INVALID ENCODING" => $"column {NameOf(scan, column)}: the text is no UTF-8",
        "LINE SIZE OVER MAXIMUM" => "the row is longer than the reader takes",
        _ => $"the row cannot be read ({reason.ToLowerInvariant()})",
    };

    private static string NameOf(FileScan scan, string? cell) =>
        scan.Cells.FirstOrDefault(pair => pair.Value == cell).Key ?? "unknown to the catalog";

    private Task RejectRowsAsync(IReadOnlyList<FileScan> scans, string? rule, string condition, string detail, CancellationToken cancellationToken) =>
        RejectAsync(ImportTables.Stage, rule is null ? RowRules.Of(table).FirstRule : $"'{rule}'", scans, condition, detail, cancellationToken);

    private Task<long> RejectAsync(
        string relation, string rule, IReadOnlyList<FileScan> scans, string condition, string detail, CancellationToken cancellationToken)
    {
        var names = string.Join(' ', scans.Select((scan, index) => $"WHEN {index} THEN {SqlText.Quote($"{scan.File.Name} {scan.PositionName} ")}"));
        var position = $"CASE s.{FileLoader.FileIndex} {names} END || CAST({LineNumbers.Line} AS VARCHAR)";
        return session.ExecuteAsync(
            $"INSERT INTO {ImportTables.Rejected} SELECT {SqlText.Quote(table.Name.ToString())}, {RowRules.KeyText(table)}, {rule}, {position} || ': ' || {detail} FROM {relation} AS s {LineNumbers.Join} WHERE {condition}",
            cancellationToken);
    }

    // The value itself is not repeated: in a shifted row it may be anything, a name or an address too.
    private string BadCellDetail() =>
        $"CASE s.{FileLoader.BadColumn} WHEN '' THEN 'the line is no JSON object' {string.Join(' ', table.Columns.Select(column => $"WHEN '{column.Name}' THEN 'column {column.Name}: the value is no {column.Type}'"))} END";
}

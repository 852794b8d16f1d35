using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Sources.Files;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Screens the rows of an import of which some are known to be unusable: loads them again with their place in the file, sets the unusable
/// ones apart with file, line, column and reason, and picks winners among rows of one key.
/// </summary>
/// <param name="owners">Who the rows can belong to; null where that is not known.</param>
/// <param name="erased">Takes rows of erased users out of what is read; null where there can be none.</param>
/// <param name="reporter">Hears of rows that are accepted and yet seem wrong.</param>
internal sealed class RowScreen(
    IWarehouseSession session, CatalogTable table, RowOwners? owners, ErasedRows? erased, IRunReporter reporter)
{
    /// <summary>Screens.</summary>
    /// <param name="pickWinners">Whether rows of one key compete.</param>
    /// <returns>A relation with the accepted rows, and the number of rows read that are of no erased user.</returns>
    public async Task<(string Accepted, long Read)> RunAsync(
        IReadOnlyList<FileScan> scans, bool pickWinners, CancellationToken cancellationToken)
    {
        var read = await LoadAsync(scans, cancellationToken);
        if (erased is not null)
        {
            await erased.RemoveAsync(session, ImportTables.Loaded, cancellationToken);
            read -= erased.Removed;
        }

        await RejectRowsAsync(scans, RejectionRule.Type, $"s.{FileLoader.Fault} IS NOT NULL", $"s.{FileLoader.Fault}", cancellationToken);
        await WarnOfSwallowedAsync(scans, cancellationToken);
        var accepted = $"(SELECT * FROM {ImportTables.Loaded} AS s WHERE {FileLoader.Fault} IS NULL)";

        var rules = RowRules.Of(table);
        await RejectRowsAsync(
            scans, rule: null, $"s.{FileLoader.Fault} IS NULL AND ({rules.AnyBroken})", rules.FirstDetail, cancellationToken);
        accepted = $"(SELECT * FROM {accepted} AS s WHERE NOT ({rules.AnyBroken}))";

        if (pickWinners && await KeyUniqueness.HasDuplicatesAsync(session, accepted, table.Key, cancellationToken))
        {
            var contest = await KeyContest.HoldAsync(
                session, table, accepted, ImportTables.Prefix, await DecidingFirstAsync(accepted, cancellationToken), cancellationToken);
            await RejectAsync(
                contest.Contest, $"'{RejectionRule.Duplicate}'", scans, "s.PLACE > 1", EventsToCome.WhyLost(table), cancellationToken);
            accepted = contest.Winners;
        }

        var columns = SqlText.List(table.Columns.Select(column => column.Name));
        await session.ExecuteAsync(
            $"CREATE OR REPLACE TEMPORARY TABLE {ImportTables.Accepted} AS SELECT {columns} FROM {accepted} AS a", cancellationToken);
        return (ImportTables.Accepted, read);
    }

    // A row that a merge can use, before one that it cannot, and one of no day to come; where no column says when a row became true, the
    // later file, as names with days are in order of days.
    private async Task<IReadOnlyList<string>> DecidingFirstAsync(string accepted, CancellationToken cancellationToken) =>
    [
        .. owners is null
            ? []
            : new[] { $"CASE WHEN {await owners.OwnsAsync(session, accepted, "a", cancellationToken)} THEN 0 ELSE 1 END" },
        .. EventsToCome.TimeOf(table) is { } time
            ? [$"CASE WHEN {EventsToCome.Are($"a.{time.Name}")} THEN 1 ELSE 0 END"]
            : Array.Empty<string>(),
        .. table.EventTime is null ? [$"a.{FileLoader.FileIndex} DESC"] : Array.Empty<string>(),
    ];

    private async Task WarnOfSwallowedAsync(IReadOnlyList<FileScan> scans, CancellationToken cancellationToken)
    {
        foreach (var (scan, index) in scans.Select((scan, index) => (scan, index)).Where(pair => pair.scan.Swallowed is not null))
        {
            var lines = await session.ListAsync(
                $"""
                SELECT {FileLoader.Record}
                FROM {ImportTables.Loaded}
                WHERE {FileLoader.FileIndex} = {index} AND {FileLoader.Fault} IS NULL AND {scan.Swallowed}
                ORDER BY 1
                """,
                [],
                reader => reader.LongAt(0),
                cancellationToken);
            if (lines.Count > 0)
                reporter.Warning(
                    $"{scan.File.Name} line {lines[0]}{(lines.Count > 1 ? $" and {lines.Count - 1} more" : string.Empty)}: a value holds whole rows of the file, as by a quote that was not meant; they are not imported as rows.");
        }
    }

    private async Task<long> LoadAsync(IReadOnlyList<FileScan> scans, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"""
            CREATE OR REPLACE TEMPORARY TABLE {ImportTables.Loaded} (
                {Ddl.ColumnList(session.Dialect, table.Columns)},
                {FileLoader.FileIndex} INTEGER, {FileLoader.Record} BIGINT, {FileLoader.Fault} VARCHAR)
            """,
            cancellationToken);
        var loader = new FileLoader(session, table);
        long read = 0;
        for (var index = 0; index < scans.Count; index++)
        {
            // The engine's own account of rows it could not take apart depends on how it cut the file up.
            var scan = scans[index].Sort?.Invoke(cancellationToken) ?? scans[index];
            read += await loader.LoadInDetailAsync(scan, index, ImportTables.Loaded, cancellationToken);
            read += await RejectUnreadableAsync(scan, cancellationToken);
        }

        return read;
    }

    private async Task<long> RejectUnreadableAsync(
        FileScan scan, CancellationToken cancellationToken) => scan.Unreadable is null ? 0 : await session.ExecuteAsync(
        $"""
        INSERT INTO {ImportTables.Rejected}
        SELECT {Name}, NULL, '{RejectionRule.Type}',
            {Position(scan)} || CAST({SortedRecords.Line} AS VARCHAR) || ': ' || {SortedRecords.Reason}
        FROM {scan.Unreadable.UnreadableRelation}
        """,
        cancellationToken);

    private string Name => SqlText.Quote(table.Name.ToString());

    private static string Position(FileScan scan) => SqlText.Quote($"{scan.File.Name} {scan.PositionName} ");

    private Task RejectRowsAsync(
        IReadOnlyList<FileScan> scans, string? rule, string condition, string detail, CancellationToken cancellationToken) =>
        RejectAsync(
            ImportTables.Loaded, rule is null ? RowRules.Of(table).FirstRule : $"'{rule}'", scans, condition, detail, cancellationToken);

    private Task<long> RejectAsync(
        string relation, string rule, IReadOnlyList<FileScan> scans, string condition, string detail, CancellationToken cancellationToken)
    {
        var files = scans.Select((scan, index) => $"WHEN {index} THEN {Position(scan)}");
        var position =
            $"CASE s.{FileLoader.FileIndex} {string.Join(' ', files)} END || CAST(s.{FileLoader.Record} AS VARCHAR)";
        return session.ExecuteAsync(
            $"""
            INSERT INTO {ImportTables.Rejected}
            SELECT {Name}, {RowRules.KeyText(table)}, {rule}, {position} || ': ' || {detail}
            FROM {relation} AS s
            WHERE {condition}
            """,
            cancellationToken);
    }
}

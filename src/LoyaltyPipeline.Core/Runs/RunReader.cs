using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>Reads the run log.</summary>
public static class RunReader
{
    /// <summary>The log.</summary>
    internal static readonly StoredTable Table = new("LOYALTY.RUN", KeyColumns: 1);

    private static readonly StoredTable StepTable = new("LOYALTY.RUN_STEP", KeyColumns: 2);
    private static readonly StoredTable SourceTable = new("LOYALTY.RUN_SOURCE", KeyColumns: 2);

    private const string RunColumns = """
        RUN_ID, KIND, STATUS, RUN_DATE, STARTED_AT, SECONDS, WAITED_SECONDS, INSERTED, UPDATED, DELETED, UNCHANGED, QUARANTINED,
        FORCED, GUARDS, ERROR_ID, ERROR_MESSAGE, SCRIPT_SHA256, MODULE_VERSION, HOST
        """;

    /// <summary>Reads runs with their steps and sources, the newest first.</summary>
    /// <param name="query">Which runs.</param>
    /// <param name="reporter">Hears of each row of the log that cannot be read, as <c>LogRowUnreadable</c>.</param>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<RunRecord>> ReadAsync(
        IWarehouse warehouse, RunQuery query, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var filter = new SqlFilter()
            .AndIn("RUN_ID", query.RunIds)
            .AndIn("KIND", query.Kinds?.Select(kind => kind.ToString()).ToList())
            .AndIn("STATUS", query.Statuses?.Select(status => status.ToString()).ToList())
            .And("RUN_DATE = ?", query.RunDate);
        return await ReadAsync(session, filter, query.Last, reporter.Unreadable, cancellationToken);
    }

    /// <summary>Finds runs by their ids.</summary>
    /// <param name="names">Ids and patterns of them.</param>
    /// <param name="reporter">Hears of each id that no run has, as <c>RunNotFound</c>.</param>
    /// <returns>The ids of the runs that there are.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(
        IWarehouse warehouse, IReadOnlyList<string> names, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var match = NameMatch.Of(
            names,
            await session.ListAsync(
                "SELECT RUN_ID FROM LOYALTY.RUN WHERE RUN_ID IS NOT NULL", [], reader => reader.GetString(0), cancellationToken));
        foreach (var id in match.Missing)
            reporter.NotFound(LoyaltyErrors.RunNotFound.Because($"The warehouse has no run {id}.", id));
        return match.Found;
    }

    /// <summary>Reads the runs that meet a condition, the newest first.</summary>
    internal static async Task<IReadOnlyList<RunRecord>> ReadAsync(
        IWarehouseSession session, SqlFilter filter, int? last, Action<LoyaltyException> unreadable, CancellationToken cancellationToken)
    {
        var limit = last is { } count ? $" LIMIT {count}" : string.Empty;
        var runs = await session.ListAsync(
            Table, $"SELECT {RunColumns} FROM {Table.Name}{filter} ORDER BY RUN_ID DESC{limit}", filter.Values, ReadRun, unreadable,
            cancellationToken);
        if (runs.Count == 0)
            return runs;

        var oldest = new SqlFilter().And("RUN_ID >= ?", runs[^1].RunId);
        var steps = await session.ListAsync(
            StepTable,
            $"""
            SELECT RUN_ID, STEP_NUMBER, STEP, STARTED_AT, SECONDS, ROW_COUNT, QUERY_IDS
            FROM LOYALTY.RUN_STEP{oldest}
            ORDER BY RUN_ID, STEP_NUMBER
            """,
            oldest.Values, ReadStep, unreadable, cancellationToken);
        var sources = await session.ListAsync(
            SourceTable,
            $"""
            SELECT RUN_ID, SOURCE_TABLE, ROWS_READ, ROWS_USED, ROWS_QUARANTINED, NEWEST_EVENT_AT, SECONDS
            FROM LOYALTY.RUN_SOURCE{oldest}
            ORDER BY RUN_ID, SOURCE_TABLE
            """,
            oldest.Values, ReadSource, unreadable, cancellationToken);
        var stepsByRun = steps.ToLookup(step => step.RunId, step => step.Step, StringComparer.Ordinal);
        var sourcesByRun = sources.ToLookup(source => source.RunId, source => source.Source, StringComparer.Ordinal);
        foreach (var run in runs)
            (run.Steps, run.Sources) = ([.. stepsByRun[run.RunId]], [.. sourcesByRun[run.RunId]]);
        return runs;
    }

    private static RunRecord ReadRun(StoredRow row) => new()
    {
        RunId = row.Text(0),
        Kind = row.Word<RunKind>(1),
        Status = row.Word<RunStatus>(2),
        Day = row.DayOrNull(3),
        StartedAt = row.Time(4),
        Seconds = (double)row.Number(5),
        WaitedSeconds = (double?)row.NumberOrNull(6),
        Inserted = row.Whole(7),
        Updated = row.Whole(8),
        Deleted = row.Whole(9),
        Unchanged = row.Whole(10),
        Quarantined = row.Whole(11),
        Forced = row.Flag(12),
        Guards = row.TextOrNull(13),
        ErrorId = row.TextOrNull(14),
        ErrorMessage = row.TextOrNull(15),
        ScriptSha256 = row.TextOrNull(16),
        ModuleVersion = row.Text(17),
        Host = row.Text(18),
    };

    private static (string RunId, StepLog Step) ReadStep(StoredRow row) => (
        row.Text(0),
        new StepLog((int)row.Whole(1), row.Text(2), row.Time(3), (double)row.Number(4), row.WholeOrNull(5), row.TextOrNull(6)));

    private static (string RunId, SourceLog Source) ReadSource(StoredRow row) => (
        row.Text(0),
        new SourceLog(row.Text(1), row.Whole(2), row.Whole(3), row.Whole(4), row.TimeOrNull(5), (double)row.Number(6)));
}

using System.Data.Common;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Quality;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>Reads the run log.</summary>
public static class RunReader
{
    private const string RunColumns = """
        RUN_ID, KIND, STATUS, RUN_DATE, STARTED_AT, SECONDS, WAITED_SECONDS, INSERTED, UPDATED, DELETED, UNCHANGED, QUARANTINED,
        FORCED, GUARDS, ERROR_ID, ERROR_MESSAGE, SCRIPT_SHA256, MODULE_VERSION, HOST
        """;

    /// <summary>Reads runs with their steps and sources, the newest first.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="query">Which runs.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The runs.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<RunRecord>> ReadAsync(IWarehouse warehouse, RunQuery query, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var filter = new SqlFilter()
            .AndIn("RUN_ID", query.RunIds)
            .And("KIND = ?", query.Kind?.ToString())
            .And("STATUS = ?", query.Status?.ToString())
            .And("RUN_DATE = ?", query.RunDate);
        return await ReadAsync(session, filter, query.Last, cancellationToken);
    }

    /// <summary>Finds runs by their ids.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="names">Ids and patterns of them.</param>
    /// <param name="reporter">Hears of each id that no run has, as <c>RunNotFound</c>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The ids of the runs that there are.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(IWarehouse warehouse, IReadOnlyList<string> names, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var match = NameMatch.Of(names, await session.ListAsync("SELECT RUN_ID FROM LOYALTY.RUN", [], reader => reader.GetString(0), cancellationToken));
        foreach (var id in match.Missing)
            reporter.NotFound(LoyaltyErrors.RunNotFound.Because($"The warehouse has no run {id}.", id));
        return match.Found;
    }

    /// <summary>Reads the runs that meet a condition, the newest first.</summary>
    internal static async Task<IReadOnlyList<RunRecord>> ReadAsync(IWarehouseSession session, SqlFilter filter, int? last, CancellationToken cancellationToken)
    {
        var limit = last is { } count ? $" LIMIT {count}" : string.Empty;
        var runs = await session.ListAsync($"SELECT {RunColumns} FROM LOYALTY.RUN{filter} ORDER BY RUN_ID DESC{limit}", filter.Values, ReadRun, cancellationToken);
        if (runs.Count == 0)
            return runs;

        var oldest = new SqlFilter().And("RUN_ID >= ?", runs[^1].RunId);
        var steps = await session.ListAsync(
            $"SELECT RUN_ID, STEP_NUMBER, STEP, STARTED_AT, SECONDS, ROW_COUNT, QUERY_IDS FROM LOYALTY.RUN_STEP{oldest} ORDER BY RUN_ID, STEP_NUMBER", oldest.Values, ReadStep, cancellationToken);
        var sources = await session.ListAsync(
            $"SELECT RUN_ID, SOURCE_TABLE, ROWS_READ, ROWS_USED, ROWS_QUARANTINED, NEWEST_EVENT_AT, SECONDS FROM LOYALTY.RUN_SOURCE{oldest} ORDER BY RUN_ID, SOURCE_TABLE", oldest.Values, ReadSource, cancellationToken);
        var stepsByRun = steps.ToLookup(step => step.RunId, step => step.Step, StringComparer.Ordinal);
        var sourcesByRun = sources.ToLookup(source => source.RunId, source => source.Source, StringComparer.Ordinal);
        foreach (var run in runs)
            (run.Steps, run.Sources) = ([.. stepsByRun[run.RunId]], [.. sourcesByRun[run.RunId]]);
        return runs;
    }

    private static RunRecord ReadRun(DbDataReader reader) => new()
    {
        RunId = reader.GetString(0),
        Kind = Enum.Parse<RunKind>(reader.GetString(1)),
        Status = Enum.Parse<RunStatus>(reader.GetString(2)),
        Day = reader.DateAt(3),
        StartedAt = reader.TimeAt(4)!.Value,
        Seconds = (double)reader.GetDecimal(5),
        WaitedSeconds = (double)reader.GetDecimal(6),
        Inserted = reader.LongAt(7),
        Updated = reader.LongAt(8),
        Deleted = reader.LongAt(9),
        Unchanged = reader.LongAt(10),
        Quarantined = reader.LongAt(11),
        Forced = reader.GetBoolean(12),
        Guards = reader.TextAt(13),
        ErrorId = reader.TextAt(14),
        ErrorMessage = reader.TextAt(15),
        ScriptSha256 = reader.TextAt(16),
        ModuleVersion = reader.GetString(17),
        Host = reader.GetString(18),
    };

    private static (string RunId, StepLog Step) ReadStep(DbDataReader reader) => (
        reader.GetString(0),
        new StepLog((int)reader.LongAt(1), reader.GetString(2), reader.TimeAt(3)!.Value, (double)reader.GetDecimal(4), reader.IsDBNull(5) ? null : reader.LongAt(5), reader.TextAt(6)));

    private static (string RunId, SourceLog Source) ReadSource(DbDataReader reader) => (
        reader.GetString(0),
        new SourceLog(reader.GetString(1), reader.LongAt(2), reader.LongAt(3), reader.LongAt(4), reader.TimeAt(5), (double)reader.GetDecimal(6)));
}

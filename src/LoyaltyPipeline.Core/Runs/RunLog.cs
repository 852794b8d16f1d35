using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>Writes the run log: RUN, RUN_STEP and RUN_SOURCE.</summary>
internal static class RunLog
{
    /// <summary>Writes a run, inside the transaction of the data it wrote or in one of its own.</summary>
    public static async Task WriteAsync(IWarehouseSession session, RunRecord run, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO LOYALTY.RUN (RUN_ID, KIND, STATUS, RUN_DATE, STARTED_AT, SECONDS, WAITED_SECONDS,
                INSERTED, UPDATED, DELETED, UNCHANGED, QUARANTINED,
                FORCED, GUARDS, ERROR_ID, ERROR_MESSAGE, SCRIPT_SHA256, MODULE_VERSION, HOST)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                run.RunId, run.Kind.ToString(), run.Status.ToString(), run.Day, run.StartedAt, Milliseconds(run.Seconds),
                run.WaitedSeconds is { } waited ? Milliseconds(waited) : null,
                run.Inserted, run.Updated, run.Deleted, run.Unchanged, run.Quarantined,
                run.Forced, run.Guards, run.ErrorId, run.ErrorMessage, run.ScriptSha256, run.ModuleVersion, run.Host,
            ],
            cancellationToken);
        await InsertAsync(
            session,
            "LOYALTY.RUN_STEP (RUN_ID, STEP_NUMBER, STEP, STARTED_AT, SECONDS, ROW_COUNT, QUERY_IDS)",
            [.. run.Steps.Select(
                step => new object?[] { run.RunId, step.StepNumber, step.Step, step.StartedAt, Milliseconds(step.Seconds), step.RowCount,
                    step.QueryIds })],
            cancellationToken);
        await InsertAsync(
            session,
            "LOYALTY.RUN_SOURCE (RUN_ID, SOURCE_TABLE, ROWS_READ, ROWS_USED, ROWS_QUARANTINED, NEWEST_EVENT_AT, SECONDS)",
            [.. run.Sources.Select(source => new object?[]
            {
                run.RunId, source.SourceTable, source.RowsRead, source.RowsUsed, source.RowsQuarantined, source.NewestEventAt,
                Milliseconds(source.Seconds),
            })],
            cancellationToken);
    }

    /// <summary>Whether a run is in the log.</summary>
    public static async Task<bool> ContainsAsync(IWarehouseSession session, string runId, CancellationToken cancellationToken) =>
        await session.CountAsync($"SELECT COUNT(*) FROM LOYALTY.RUN WHERE RUN_ID = {SqlText.Quote(runId)}", cancellationToken) > 0;

    private static async Task InsertAsync(
        IWarehouseSession session, string target, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        var row = $"({SqlText.List(rows[0].Select(_ => "?"))})";
        await session.ExecuteAsync(
            $"INSERT INTO {target} VALUES {SqlText.List(rows.Select(_ => row))}", [.. rows.SelectMany(values => values)],
            cancellationToken);
    }

    private static decimal Milliseconds(double seconds) => Math.Round((decimal)seconds, 3, MidpointRounding.AwayFromZero);
}

using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>Writes the run log: RUN, RUN_STEP and RUN_SOURCE.</summary>
internal static class RunLog
{
    /// <summary>Writes a run, inside the transaction of the data it wrote or in one of its own.</summary>
    public static async Task WriteAsync(IWarehouseSession session, RunRecord run, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO LOYALTY.RUN (RUN_ID, KIND, STATUS, RUN_DATE, STARTED_AT, SECONDS, WAITED_SECONDS, INSERTED, UPDATED, DELETED, UNCHANGED, QUARANTINED,
                FORCED, GUARDS, ERROR_ID, ERROR_MESSAGE, SCRIPT_SHA256, MODULE_VERSION, HOST)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                run.RunId, run.Kind.ToString(), run.Status.ToString(), run.Day, run.StartedAt, Milliseconds(run.Seconds), Milliseconds(run.WaitedSeconds),
                run.Inserted, run.Updated, run.Deleted, run.Unchanged, run.Quarantined,
                run.Forced, run.Guards, run.ErrorId, run.ErrorMessage, run.ScriptSha256, run.ModuleVersion, run.Host,
            ],
            cancellationToken);
        await InsertAsync(
            session,
            "LOYALTY.RUN_STEP (RUN_ID, STEP_NUMBER, STEP, STARTED_AT, SECONDS, ROW_COUNT, QUERY_IDS)",
            [.. run.Steps.Select(step => new object?[] { run.RunId, step.StepNumber, step.Step, step.StartedAt, Milliseconds(step.Seconds), step.RowCount, step.QueryIds })],
            cancellationToken);
        await InsertAsync(
            session,
            "LOYALTY.RUN_SOURCE (RUN_ID, SOURCE_TABLE, ROWS_READ, ROWS_USED, ROWS_QUARANTINED, NEWEST_EVENT_AT, SECONDS)",
            [.. run.Sources.Select(source => new object?[]
            {
                run.RunId, source.SourceTable, source.RowsRead, source.RowsUsed, source.RowsQuarantined, source.NewestEventAt, Milliseconds(source.Seconds),
            })],
            cancellationToken);
    }

    /// <summary>Does the work of a run. If it fails, what it wrote is rolled back, and the failure is logged.</summary>
    /// <typeparam name="T">What the work yields.</typeparam>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="session">The session of the run.</param>
    /// <param name="work">The work.</param>
    /// <param name="record">What is known of the run.</param>
    /// <param name="reporter">Hears of a failure that could not be logged.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<T> KeepFailureAsync<T>(
        IWarehouse warehouse, IWarehouseSession session, Func<CancellationToken, Task<T>> work, Func<RunStatus, RunRecord> record, IRunReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            return await work(cancellationToken);
        }
        catch (Exception failure)
        {
            await session.RollbackAsync();
            await WriteFailureAsync(warehouse, record(StatusOf(failure)), failure, reporter);
            throw;
        }
    }

    // In a transaction of its own. A log that cannot be written is a warning: the failure itself comes first. A run that was committed before it failed is in the log as it
    // should be, and is not logged again.
    private static async Task WriteFailureAsync(IWarehouse warehouse, RunRecord run, Exception failure, IRunReporter reporter)
    {
        run.ErrorId = ErrorIdOf(failure);
        run.ErrorMessage = failure is OperationCanceledException ? "The run was stopped before its end." : failure.Message;
        try
        {
            await using var session = await warehouse.OpenSessionAsync(CancellationToken.None);
            if (await session.CountAsync($"SELECT COUNT(*) FROM LOYALTY.RUN WHERE RUN_ID = {SqlText.Quote(run.RunId)}", CancellationToken.None) > 0)
            {
                reporter.Warning($"The run {run.RunId} had written everything when it failed: what it was to do is done.");
                return;
            }

            await session.BeginAsync(CancellationToken.None);
            await WriteAsync(session, run, CancellationToken.None);
            await session.CommitAsync(CancellationToken.None);
        }
        catch (LoyaltyException exception)
        {
            reporter.Warning($"The failed run {run.RunId} could not be logged: {exception.Message}");
        }
    }

    // The ids that the errors of cmdlets have.
    private static string ErrorIdOf(Exception failure) => failure switch
    {
        LoyaltyException known => known.ErrorId,
        OperationCanceledException => LoyaltyErrors.Cancelled.Id,
        _ => LoyaltyErrors.UnexpectedFailure.Id,
    };

    private static RunStatus StatusOf(Exception failure) => failure switch
    {
        OperationCanceledException => RunStatus.Cancelled,
        LoyaltyException { Definition: var definition } when definition == LoyaltyErrors.GuardTripped
            || definition == LoyaltyErrors.SourceMissing || definition == LoyaltyErrors.TooManyRejected => RunStatus.Refused,
        _ => RunStatus.Failed,
    };

    private static async Task InsertAsync(IWarehouseSession session, string target, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        var row = $"({SqlText.List(rows[0].Select(_ => "?"))})";
        await session.ExecuteAsync($"INSERT INTO {target} VALUES {SqlText.List(rows.Select(_ => row))}", [.. rows.SelectMany(values => values)], cancellationToken);
    }

    private static decimal Milliseconds(double seconds) => Math.Round((decimal)seconds, 3, MidpointRounding.AwayFromZero);
}

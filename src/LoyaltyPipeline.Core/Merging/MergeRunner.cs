using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// Writes a day of Master and History: judge the sources, stage the day, compare, ask the guards, then write everything, log included,
/// in one transaction. A run that ends in any other way leaves the data as it was.
/// </summary>
/// <param name="pipeline">The catalog, the script and the settings.</param>
public sealed class MergeRunner(PipelineDefinition pipeline)
{
    /// <summary>Merges a day.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="options">The day and how to treat it.</param>
    /// <param name="reporter">Hears of progress and warnings.</param>
    /// <param name="cancellationToken">Stops the run; nothing is left half-written.</param>
    /// <returns>What was done, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException">
    /// <c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>SourceMissing</c>, <c>SourceColumnMissing</c>, <c>MasterScriptInvalid</c>,
    /// <c>DuplicateKey</c>, <c>GuardTripped</c>, <c>ReconciliationFailed</c>, <c>QueryFailed</c>.
    /// </exception>
    public async Task<MergeResult> RunAsync(IWarehouse warehouse, MergeOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        MergeGuards.DemandNextDay(options.RunDate);
        await using var opened = await PipelineSession.OpenAsync(warehouse, pipeline, options.LockWait, reporter, cancellationToken);
        var session = opened.Session;
        var script = MasterScript.Read(pipeline.MasterScriptPath);
        if (options.PlanOnly)
            return await new MergeRun(pipeline, script, session, options, reporter).PlanAsync(cancellationToken);

        await using var runLock = await RunLock.TakeAsync(warehouse, options.LockWait, reporter, cancellationToken);
        var run = new MergeRun(pipeline, script, session, options, reporter) { RunId = runLock.Holder.RunId, Waited = runLock.Waited };
        return await ExecuteAsync(run, warehouse, session, reporter, cancellationToken);
    }

    /// <summary>Does a run whose lock is held, and notes it if it fails.</summary>
    internal static Task<MergeResult> ExecuteAsync(
        MergeRun run, IWarehouse warehouse, IWarehouseSession session, IRunReporter reporter, CancellationToken cancellationToken) =>
        RunLog.KeepFailureAsync(warehouse, session, run.ExecuteAsync, run.Record, reporter, cancellationToken);
}

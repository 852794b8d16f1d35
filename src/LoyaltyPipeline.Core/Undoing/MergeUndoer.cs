using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Undoing;

/// <summary>Takes a written day back as if it had never been written, all in one transaction.</summary>
public sealed class MergeUndoer(PipelineDefinition pipeline)
{
    /// <summary>Takes a day back.</summary>
    /// <param name="options">Which day.</param>
    /// <param name="reporter">Hears of deliveries that were made of the day.</param>
    /// <param name="cancellationToken">Stops the run; nothing is left half-written.</param>
    /// <returns>What was done, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException"><c>DayNotWritten</c>, <c>WarehouseNotInitialized</c>, <c>RunLocked</c>,
    /// <c>ReconciliationFailed</c>, <c>QueryFailed</c>.</exception>
    public async Task<UndoResult> UndoAsync(
        IWarehouse warehouse, UndoOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var run = new UndoRun(new RunContext(pipeline, warehouse, session, reporter), options);
        // A day that is not written needs no lock, nor a row of the log.
        if (options.PlanOnly)
            return await run.PlanAsync(cancellationToken);
        await run.FindAsync(cancellationToken);
        return await run.RunLockedAsync(options.LockWait, cancellationToken);
    }
}

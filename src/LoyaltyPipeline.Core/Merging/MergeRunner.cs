using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// Writes a day of Master and History: judge the sources, build the day, compare, ask the guards, then write everything, log included,
/// in one transaction. A run that ends in any other way leaves the data as it was.
/// </summary>
/// <param name="pipeline">The catalog, the script and the settings.</param>
public sealed class MergeRunner(PipelineDefinition pipeline)
{
    /// <summary>Merges a day.</summary>
    /// <param name="options">The day and how to treat it.</param>
    /// <param name="cancellationToken">Stops the run; nothing is left half-written.</param>
    /// <returns>What was done, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException">
    /// <c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>SourceMissing</c>, <c>SourceColumnMissing</c>, <c>MasterScriptInvalid</c>,
    /// <c>DuplicateKey</c>, <c>GuardTripped</c>, <c>ReconciliationFailed</c>, <c>QueryFailed</c>.
    /// </exception>
    public async Task<MergeResult> RunAsync(
        IWarehouse warehouse, MergeOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        MergeGuards.DemandNextDay(options.RunDate);
        await using var opened = await PipelineSession.OpenAsync(warehouse, pipeline, options.LockWait, reporter, cancellationToken);
        var run = new MergeRun(
            new RunContext(pipeline, warehouse, opened.Session, reporter), MasterScript.Read(pipeline.MasterScriptPath), options);
        return options.PlanOnly ? await run.PlanAsync(cancellationToken) : await run.RunLockedAsync(options.LockWait, cancellationToken);
    }
}

using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Integrity;

/// <summary>
/// Checks whether sources, Master, History and deliveries are as they must be. What is read is one state of the warehouse; runs that write
/// go on beside it, and no lock is held. The results are kept in LOYALTY.CHECK_RESULT, unless it
/// is open for reading only.
/// </summary>
public sealed class IntegrityRunner(PipelineDefinition pipeline)
{
    /// <summary>Checks.</summary>
    /// <param name="options">What to check.</param>
    /// <returns>A result for each check, in the order of the suites.</returns>
    /// <exception cref="LoyaltyException"><c>CheckUnknown</c>, <c>WarehouseNotInitialized</c>, and those of reaching the sources'
    /// files.</exception>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(
        IWarehouse warehouse, IntegrityOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var checks = CheckList.Select(pipeline.Catalog, pipeline.Config, options);
        await using var opened = await PipelineSession.OpenAsync(warehouse, pipeline, options.LockWait, reporter, cancellationToken);
        var run = new IntegrityRun(new RunContext(pipeline, warehouse, opened.Session, reporter), checks, options);
        if (!options.KeepResults || warehouse.IsReadOnly)
            return await run.CheckAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(opened.Session, cancellationToken, CheckResultLog.Table);
        return await run.RunLoggedAsync(cancellationToken);
    }
}

using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.History;

/// <summary>Thins history: takes days out of it and joins versions accordingly, all in one transaction.</summary>
public sealed class HistoryCompressor(PipelineDefinition pipeline)
{
    /// <summary>Thins history.</summary>
    /// <param name="options">Which days are kept.</param>
    /// <param name="cancellationToken">Stops the run; nothing is left half-written.</param>
    /// <returns>What was done, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>ReconciliationFailed</c>,
    /// <c>QueryFailed</c>.</exception>
    public Task<CompressResult> CompressAsync(
        IWarehouse warehouse, CompressOptions options, IRunReporter reporter, CancellationToken cancellationToken) =>
        CompressAsync(warehouse, options, options.Retention.NotKept, reporter, cancellationToken);

    /// <summary>Takes days out of history.</summary>
    internal async Task<CompressResult> CompressAsync(
        IWarehouse warehouse, CompressOptions options, Func<IReadOnlyList<DateOnly>, IReadOnlyList<DateOnly>> choose, IRunReporter reporter,
        CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var tables = await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var run = new CompressRun(new RunContext(pipeline, warehouse, session, reporter), tables, choose);
        return options.PlanOnly ? await run.PlanAsync(cancellationToken) : await run.RunLockedAsync(options.LockWait, cancellationToken);
    }
}

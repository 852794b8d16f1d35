using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery;

/// <summary>
/// Delivers segments. A delivery is visible whole or not at all, and what an interrupted one left behind is settled by the next.
/// </summary>
public sealed class DeliveryRunner(PipelineDefinition pipeline)
{
    /// <summary>Delivers a segment to a consumer.</summary>
    /// <param name="options">What, to whom and where.</param>
    /// <param name="cancellationToken">Stops the delivery; what was sent of it is removed.</param>
    /// <returns>What was done, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException">
    /// <c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>DayNotWritten</c>, <c>ColumnUnknown</c>, <c>DeliveryInvalid</c>,
    /// <c>SaltMissing</c>, <c>GuardTripped</c>, <c>DeliveryConflict</c>, <c>DeliveryNotFound</c>, <c>ReconciliationFailed</c>,
    /// <c>QueryFailed</c>, and those of the destination, whose ids begin with <c>Destination</c>.
    /// </exception>
    public async Task<DeliveryResult> DeliverAsync(
        IWarehouse warehouse, DeliveryOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var consumer = options.Consumer;
        var destination = consumer.Destination
            ?? throw LoyaltyErrors.DestinationInvalid.Because($"The consumer {consumer.Name} has no destination.", consumer.Name);
        await using var store = ObjectStores.Open(destination, consumer.S3);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var tables = await SchemaReader.RequireInitializedAsync(session, cancellationToken, [.. DeliveryLog.Tables, MetricLog.Table]);
        var run = new DeliveryRun(new RunContext(pipeline, warehouse, session, reporter), store, options, tables);
        return options.PlanOnly ? await run.PlanAsync(cancellationToken) : await run.RunLockedAsync(options.LockWait, cancellationToken);
    }
}

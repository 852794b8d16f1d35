using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Clearing;

/// <summary>
/// Removes deliveries that are no longer needed, and what interrupted ones left behind. The delivery that <c>latest.json</c> points to
/// always stays, and with a Diff all that it is to be added to.
/// </summary>
public sealed class DeliveryCleaner(PipelineDefinition pipeline)
{
    /// <summary>Clears a destination.</summary>
    /// <param name="warehouse">The warehouse, whose log keeps what was removed.</param>
    /// <param name="options">What is to be removed.</param>
    /// <param name="reporter">Hears of details.</param>
    /// <param name="cancellationToken">Gives up; what has been removed stays so.</param>
    /// <returns>What was removed, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>ManifestInvalid</c>, and those of the
    /// destination.</exception>
    public async Task<IReadOnlyList<ClearedDelivery>> ClearAsync(
        IWarehouse warehouse, ClearOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var consumer = options.Consumer;
        var destination = consumer.Destination
            ?? throw LoyaltyErrors.DestinationInvalid.Because($"The consumer {consumer.Name} has no destination.", consumer.Name);
        await using var store = ObjectStores.Open(destination, consumer.S3);
        await store.CheckAsync(cancellationToken);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, DeliveryLog.Tables);
        var run = new ClearRun(new RunContext(pipeline, warehouse, session, reporter), store, options);
        return options.PlanOnly ? await run.PlanAsync(cancellationToken) : await run.RunLockedAsync(options.LockWait, cancellationToken);
    }
}

using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Publishing;

/// <summary>
/// Brings deliveries that were begun to an end: those that are whole at their destination are completed, the others leave nothing behind.
/// </summary>
internal sealed class DeliverySettlement(IWarehouseSession session, IObjectStore store, Consumer consumer, IRunReporter reporter)
{
    /// <summary>Settles what earlier runs, which are dead, have begun for the consumer.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        WorkFolder.RemoveAbandoned(store);
        foreach (var delivery in await DeliveryLog.UnfinishedAsync(session, consumer.Name, store.Location, cancellationToken))
        {
            if ((await StoredDelivery.FindAsync(store, delivery.Folder, cancellationToken))?.Expecting(
                RowsOf(delivery)) is { Fault: null } stored)
                await CompleteAsync(delivery, stored, cancellationToken);
            else
                await DiscardAsync(delivery, cancellationToken);
        }
    }

    /// <summary>Removes what was sent of a delivery and says that it failed.</summary>
    public async Task DiscardAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        await store.RemoveFolderAsync(delivery.Folder, cancellationToken);
        await DeliveryLog.FailAsync(session, delivery, cancellationToken);
        reporter.Verbose($"What was sent of the delivery {delivery.DeliveryId} was removed.");
    }

    private async Task CompleteAsync(DeliveryRecord delivery, StoredDelivery stored, CancellationToken cancellationToken)
    {
        var manifest = stored.Manifest!;
        var hash = stored.ManifestSha256;
        var latest = await LatestPointer.ReadAsync(
            store, DeliveryLayout.FeedFolder(consumer with { Segment = delivery.EngagementSegment }), cancellationToken);
        if (!delivery.IsBackfill && !(latest.Delivery?.RunDate > manifest.RunDate)
            && !await latest.TryMoveAsync(manifest, hash, cancellationToken))
            throw LoyaltyErrors.DeliveryConflict.Because(
                $"While the interrupted delivery {delivery.DeliveryId} was completed, somebody else delivered to {consumer.Name}.",
                delivery.DeliveryId);
        await session.BeginAsync(cancellationToken);
        await DeliveryLog.PublishAsync(session, delivery, manifest, hash, DateTime.UtcNow, cancellationToken);
        await session.CommitAsync(cancellationToken);
        reporter.Verbose($"The interrupted delivery {delivery.DeliveryId} was complete and is published.");
    }

    // The log counts rows only once a delivery is published.
    private static long RowsOf(DeliveryRecord delivery) =>
        delivery.Mode == DeliveryMode.Full ? delivery.Audience : delivery.Added + delivery.Changed + delivery.Removed;
}

using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Publishing;

/// <summary>
/// Brings deliveries that were begun to an end: those that are whole at their destination are completed, the others leave nothing behind.
/// </summary>
internal sealed class DeliverySettlement(RunContext context, IObjectStore store, Consumer consumer)
{
    /// <summary>How long what is to be taken back may take: for a list and a deletion, and short for one who has pressed Ctrl+C.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private IWarehouseSession Session => context.Session;

    /// <summary>Settles what earlier runs, which are dead, have begun for the consumer.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        WorkFolder.RemoveAbandoned(store);
        foreach (var delivery in await DeliveryLog.UnfinishedAsync(Session, consumer.Name, store.Location, cancellationToken))
        {
            var found = await StoredDelivery.FindAsync(store, delivery.Folder, cancellationToken);
            if (found?.Expecting(RowsOf(delivery)) is { Fault: null } stored)
                await CompleteAsync(delivery, stored, cancellationToken);
            else
                await DiscardAsync(delivery, cancellationToken);
        }
    }

    /// <summary>
    /// Takes back a delivery that failed, as far as that may be. Never fails: the failure itself comes first, and where the store cannot be
    /// reached, the next run settles what is left.
    /// </summary>
    public async Task TakeBackAsync(DeliveryRecord delivery, DeliveryStanding standing)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await (standing switch
            {
                DeliveryStanding.Hidden => DiscardAsync(delivery, patience.Token),
                DeliveryStanding.NotOurs => DeliveryLog.FailAsync(Session, delivery, patience.Token),
                _ => Task.CompletedTask,
            });
            if (standing == DeliveryStanding.Uncertain)
                context.Reporter.Warning(
                    $"Whether the delivery {delivery.DeliveryId} is published is for the next delivery to {consumer.Name} to find out.");
        }
        catch (Exception exception) when (exception is LoyaltyException or OperationCanceledException)
        {
            context.Reporter.Warning(
                $"What was sent of the delivery {delivery.DeliveryId} could not be removed yet ({exception.Message}); the next delivery to {consumer.Name} does so.");
        }
    }

    private async Task DiscardAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        await store.RemoveFolderAsync(delivery.Folder, cancellationToken);
        await DeliveryLog.FailAsync(Session, delivery, cancellationToken);
        context.Reporter.Verbose($"What was sent of the delivery {delivery.DeliveryId} was removed.");
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
        await Session.BeginAsync(cancellationToken);
        await DeliveryLog.PublishAsync(Session, delivery, manifest, hash, DateTime.UtcNow, cancellationToken);
        await Session.CommitAsync(cancellationToken);
        context.Reporter.Verbose($"The interrupted delivery {delivery.DeliveryId} was complete and is published.");
    }

    // The log counts rows only once a delivery is published.
    private static long RowsOf(DeliveryRecord delivery) =>
        delivery.Mode == DeliveryMode.Full ? delivery.Audience : delivery.Added + delivery.Changed + delivery.Removed;
}

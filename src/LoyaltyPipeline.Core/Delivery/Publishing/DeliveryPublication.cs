using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Publishing;

/// <summary>Shows a delivery whose files have been sent: first its manifest, then <c>latest.json</c>.</summary>
/// <param name="latest">What <c>latest.json</c> was when the delivery was planned.</param>
/// <param name="known">The delivery as it lies there whole already; null where it does not.</param>
internal sealed class DeliveryPublication(IObjectStore store, DeliveryPlan plan, LatestPointer latest, StoredDelivery? known)
{
    /// <summary>How it stands, at any time.</summary>
    public DeliveryStanding Standing { get; private set; } = known is null ? DeliveryStanding.Hidden : DeliveryStanding.NotOurs;

    /// <summary>Publishes.</summary>
    /// <exception cref="LoyaltyException"><c>DeliveryConflict</c>: somebody else has delivered meanwhile; and those of the
    /// destination.</exception>
    public async Task<PublishedDelivery> PublishAsync(DeliveryManifest manifest, CancellationToken cancellationToken)
    {
        var published = new PublishedDelivery(manifest, known?.Text ?? ManifestJson.Write(manifest), IsNew: known is null);
        if (!plan.IsBackfill && !await latest.IsCurrentAsync(cancellationToken))
            throw plan.Conflict();
        if (published.IsNew)
            await WriteManifestAsync(published.Text, cancellationToken);
        if (!plan.IsBackfill)
            await MoveLatestAsync(published, cancellationToken);
        Standing = DeliveryStanding.Uncertain;
        return published;
    }

    private async Task WriteManifestAsync(string text, CancellationToken cancellationToken)
    {
        if (await store.TryWriteAsync(DeliveryLayout.ManifestKey(plan.Folder), text, expectedVersion: null, cancellationToken))
            return;
        Standing = DeliveryStanding.NotOurs;
        throw plan.Conflict();
    }

    private async Task MoveLatestAsync(PublishedDelivery published, CancellationToken cancellationToken)
    {
        try
        {
            if (!await latest.TryMoveAsync(published.Manifest, published.ManifestSha256, cancellationToken))
                throw plan.Conflict();
        }
        catch (Exception failure) when (failure is OperationCanceledException or LoyaltyException { Definition.Kind: not ErrorKind.Busy })
        {
            // It may have moved before the answer was lost; consumers may be reading already.
            var before = Standing;
            Standing = DeliveryStanding.Uncertain;
            using var patience = new CancellationTokenSource(DeliverySettlement.Patience);
            var found = await LatestPointer.ReadAsync(store, DeliveryLayout.FeedFolder(plan.Consumer), patience.Token);
            Standing = before;
            if (found.Delivery?.DeliveryId != plan.DeliveryId)
                throw;
        }
    }
}

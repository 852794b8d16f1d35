using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Publishing;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Clearing;

/// <summary>
/// Removes deliveries that are no longer needed, and what interrupted ones left behind. The delivery that <c>latest.json</c> points to always stays, and
/// with a Diff all that it is to be added to.
/// </summary>
public static class DeliveryCleaner
{
    /// <summary>Clears a destination.</summary>
    /// <param name="warehouse">The warehouse, whose log keeps what was removed.</param>
    /// <param name="options">What is to be removed.</param>
    /// <param name="reporter">Hears of details.</param>
    /// <param name="cancellationToken">Gives up; what has been removed stays so.</param>
    /// <returns>What was removed, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>ManifestInvalid</c>, and those of the destination.</exception>
    public static async Task<IReadOnlyList<ClearedDelivery>> ClearAsync(IWarehouse warehouse, ClearOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var consumer = options.Consumer;
        var destination = consumer.Destination ?? throw LoyaltyErrors.DestinationInvalid.Because($"The consumer {consumer.Name} has no destination.", consumer.Name);
        await using var store = ObjectStores.Open(destination, consumer.S3);
        await store.CheckAsync(cancellationToken);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, DeliveryLog.Tables);
        if (options.PlanOnly)
            return await FindAsync(session, store, options, cancellationToken).Select(found => Describe(store, found.Folder, found.Kind, removed: false)).ToListAsync(cancellationToken);

        await using var runLock = await RunLock.TakeAsync(warehouse, options.LockWait, reporter, cancellationToken);
        await new DeliverySettlement(session, store, consumer, reporter).SettleAsync(cancellationToken);
        var removed = new List<ClearedDelivery>();
        await foreach (var (folder, kind) in FindAsync(session, store, options, cancellationToken))
        {
            await store.AbortUnfinishedAsync(folder.Path, cancellationToken);
            if (folder.Objects.Count > 0)
                await RemoveAsync(session, store, folder, cancellationToken);
            removed.Add(Describe(store, folder, kind, removed: true));
        }

        return removed;
    }

    // The log says so as soon as nobody sees the delivery any more: where a file of it cannot be removed, the next one knows what was begun here.
    private static async Task RemoveAsync(IWarehouseSession session, IObjectStore store, DeliveryFolder folder, CancellationToken cancellationToken)
    {
        await store.DeleteAsync([folder.ManifestKey], cancellationToken);
        await DeliveryLog.ClearAsync(session, store.Location, folder.Path, CancellationToken.None);
        await store.RemoveFolderAsync(folder.Path, cancellationToken);
    }

    private static async IAsyncEnumerable<(DeliveryFolder Folder, ClearedKind Kind)> FindAsync(
        IWarehouseSession session, IObjectStore store, ClearOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cleared = await DeliveryLog.ClearedAsync(session, store.Location, cancellationToken);
        var folders = await DeliveryFolder.ListAsync(store, $"{options.Consumer.Name}/", cancellationToken);
        var forgotten = DateTime.UtcNow - options.UnfinishedFor;
        foreach (var feed in folders.GroupBy(folder => folder.FeedFolder, StringComparer.Ordinal))
        {
            var manifests = await ReadManifestsAsync(store, feed, cancellationToken);
            var needed = await FindNeededAsync(store, feed.Key, manifests, cancellationToken);
            foreach (var folder in feed)
            {
                var manifest = manifests.GetValueOrDefault(folder.DeliveryId);
                if (manifest is null && folder.HasContent && folder.TouchedAt <= cleared.GetValueOrDefault(folder.Path))
                    yield return (folder, ClearedKind.Delivery);
                else if (manifest is not null && !needed.Contains(folder.DeliveryId) && DateOnly.FromDateTime(manifest.CreatedAt) < options.OlderThan)
                    yield return (folder, ClearedKind.Delivery);
                // A delivery that stays may have unfinished uploads too.
                else if ((manifest is null ? folder : folder with { Objects = [] }) is { HasContent: true } leftover && leftover.TouchedAt < forgotten)
                    yield return (leftover, ClearedKind.Leftover);
            }
        }
    }

    private static async Task<Dictionary<string, DeliveryManifest>> ReadManifestsAsync(IObjectStore store, IEnumerable<DeliveryFolder> folders, CancellationToken cancellationToken)
    {
        var manifests = new Dictionary<string, DeliveryManifest>(StringComparer.Ordinal);
        foreach (var folder in folders.Where(folder => folder.HasManifest))
        {
            if (await store.ReadAsync(folder.ManifestKey, cancellationToken) is { } text)
                manifests[folder.DeliveryId] = ManifestJson.ReadManifest(text.Content, DestinationText.At(store.Location, folder.ManifestKey));
        }

        return manifests;
    }

    private static async Task<HashSet<string>> FindNeededAsync(IObjectStore store, string feedFolder, Dictionary<string, DeliveryManifest> manifests, CancellationToken cancellationToken)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var latest = await LatestPointer.ReadAsync(store, feedFolder, cancellationToken);
        if (latest.Failure is { } failure)
            throw failure;
        var next = latest.Delivery?.DeliveryId;
        while (next is not null && needed.Add(next))
            next = manifests.GetValueOrDefault(next)?.BaseDeliveryId;
        return needed;
    }

    private static ClearedDelivery Describe(IObjectStore store, DeliveryFolder folder, ClearedKind kind, bool removed) =>
        new(kind, folder.DeliveryId, DestinationText.At(store.Location, folder.Path), folder.Objects.Count + folder.Uploads.Count, folder.Objects.Sum(entry => entry.Bytes), removed);
}

using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Publishing;

/// <summary>What features ask of a store, put together from its members.</summary>
internal static class ObjectStoreExtensions
{
    /// <summary>
    /// Removes everything of a delivery, unfinished uploads too. The manifest goes first: nobody may see it without its files.
    /// </summary>
    /// <param name="folder">The folder of the delivery.</param>
    public static async Task RemoveFolderAsync(this IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        await store.DeleteAsync([DeliveryLayout.ManifestKey(folder)], cancellationToken);
        await store.AbortUnfinishedAsync(folder, cancellationToken);
        await store.RemoveFilesAsync(folder, cancellationToken);
    }

    /// <summary>Removes whatever lies in the folder of a delivery that nobody sees any more.</summary>
    public static async Task RemoveFilesAsync(this IObjectStore store, string folder, CancellationToken cancellationToken) =>
        await store.DeleteAsync(
            await store.ListAsync($"{folder}/", cancellationToken).Select(entry => entry.Key).ToListAsync(cancellationToken),
            cancellationToken);

    /// <summary>
    /// Ends all unfinished uploads of a delivery. Also one that succeeded may have some: where the answer to the beginning of an upload is
    /// lost, it is begun a second time.
    /// </summary>
    /// <param name="folder">The folder of the delivery.</param>
    public static async Task AbortUnfinishedAsync(this IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        foreach (var upload in await store.ListUnfinishedAsync($"{folder}/", cancellationToken).ToListAsync(cancellationToken))
            await store.AbortAsync(upload, cancellationToken);
    }
}

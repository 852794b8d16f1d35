namespace LoyaltyPipeline.Core.Delivery.Stores;

/// <summary>What features ask of a store, put together from its members.</summary>
internal static class ObjectStoreExtensions
{
    /// <summary>Removes everything of a delivery, unfinished uploads too. The manifest goes first: nobody may see it without its files.</summary>
    /// <param name="store">The store.</param>
    /// <param name="folder">The folder of the delivery.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task RemoveFolderAsync(this IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        await store.DeleteAsync([$"{folder}/{DeliveryLayout.ManifestName}"], cancellationToken);
        await store.AbortUnfinishedAsync(folder, cancellationToken);
        var keys = new List<string>();
        await foreach (var entry in store.ListAsync($"{folder}/", cancellationToken))
            keys.Add(entry.Key);
        await store.DeleteAsync(keys, cancellationToken);
    }

    /// <summary>
    /// Ends all unfinished uploads of a delivery. Also one that succeeded may have some: where the answer to the beginning of an upload is lost, it is
    /// begun a second time.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="folder">The folder of the delivery.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task AbortUnfinishedAsync(this IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        var uploads = new List<UnfinishedUpload>();
        await foreach (var upload in store.ListUnfinishedAsync($"{folder}/", cancellationToken))
            uploads.Add(upload);
        foreach (var upload in uploads)
            await store.AbortAsync(upload, cancellationToken);
    }
}

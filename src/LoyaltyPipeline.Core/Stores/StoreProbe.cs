using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Stores;

/// <summary>
/// Finds out whether a store can be written, as a delivery writes <c>latest.json</c>: by an object that must not be there yet. It is
/// removed again, with the folders that were made for it.
/// </summary>
internal static class StoreProbe
{
    /// <summary>How its key begins: hidden, so that readers of the place pass it over.</summary>
    public const string Prefix = ".loyalty-probe-";

    /// <summary>Tries.</summary>
    /// <returns>Why the object is still there; null where it is gone.</returns>
    /// <exception cref="LoyaltyException">One of those whose id begins with <c>Destination</c>: it cannot be written.</exception>
    public static async Task<LoyaltyException?> TryAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        await store.CheckAsync(cancellationToken);
        var missing = DestinationText.IsS3(store.Location) ? [] : MissingFolders(store.Location).ToList();
        var key = $"{Prefix}{Guid.NewGuid():N}";
        try
        {
            if (!await store.TryWriteAsync(key, "{}", expectedVersion: null, cancellationToken))
                throw LoyaltyErrors.DestinationUnavailable.Because(
                    $"{store.Location} says of an object that was never written that it is there.", store.Location,
                    "Use a store that keeps conditions of writes (If-None-Match), as deliveries need it.");
            return await TryDeleteAsync(store, key);
        }
        finally
        {
            foreach (var folder in missing)
                PatientFiles.TryDeleteEmptyFolder(folder, CancellationToken.None);
        }
    }

    // What was written is removed also where the user does not wait for it.
    private static async Task<LoyaltyException?> TryDeleteAsync(IObjectStore store, string key)
    {
        try
        {
            await store.DeleteAsync([key], CancellationToken.None);
            return null;
        }
        catch (LoyaltyException failure)
        {
            return failure;
        }
    }

    // From the innermost one up.
    private static IEnumerable<string> MissingFolders(string root)
    {
        for (var folder = root; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
            yield return folder;
    }
}

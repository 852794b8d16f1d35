using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Publishing;

/// <summary><c>latest.json</c> as it was read, and its conditional successor.</summary>
internal sealed class LatestPointer
{
    private readonly IObjectStore _store;
    private readonly string _key;
    private readonly string? _version;

    private LatestPointer(IObjectStore store, string key, StoredText? found)
    {
        _store = store;
        _key = key;
        _version = found?.Version;
        try
        {
            Delivery = found is null ? null : ManifestJson.ReadLatest(found.Content, Place);
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.ManifestInvalid)
        {
            Failure = failure;
        }
    }

    public string Place => DestinationText.At(_store.Location, _key);

    /// <summary>What it points to; null where there is none, or none that can be read.</summary>
    public LatestDelivery? Delivery { get; }

    /// <summary>Why it cannot be read, which matters to who must know what it points to; who moves it replaces it.</summary>
    public LoyaltyException? Failure { get; }

    public static async Task<LatestPointer> ReadAsync(IObjectStore store, string feedFolder, CancellationToken cancellationToken)
    {
        var key = $"{feedFolder}/{DeliveryLayout.LatestName}";
        return new LatestPointer(store, key, await store.ReadAsync(key, cancellationToken));
    }

    /// <summary>Whether nobody has moved it since it was read.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken) =>
        (await _store.ReadAsync(_key, cancellationToken))?.Version == _version;

    /// <summary>Moves it, unless somebody else has since it was read.</summary>
    /// <returns>Whether it points to the delivery now.</returns>
    public async Task<bool> TryMoveAsync(DeliveryManifest manifest, string manifestSha256, CancellationToken cancellationToken)
    {
        var next = new LatestDelivery
        {
            DeliveryId = manifest.DeliveryId,
            RunDate = manifest.RunDate,
            Mode = manifest.Mode,
            Manifest = DeliveryLayout.ManifestFromLatest(manifest.RunDate, manifest.DeliveryId),
            ManifestSha256 = manifestSha256,
        };
        return next == Delivery || await _store.TryWriteAsync(_key, ManifestJson.Write(next), _version, cancellationToken);
    }
}

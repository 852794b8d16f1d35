using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Core.Delivery.Verification;

/// <summary>Where a delivery lies.</summary>
/// <param name="Folder">The folder of its manifest: a folder or <c>s3://bucket/prefix</c>.</param>
/// <param name="Manifest">The text of the manifest.</param>
/// <param name="Latest">What <c>latest.json</c> says, where it led here.</param>
internal sealed record DeliveryPlace(string Folder, string Manifest, LatestDelivery? Latest)
{
    /// <summary>Finds a delivery.</summary>
    /// <param name="location">The place of a manifest, of its folder, of a latest.json or of its folder.</param>
    /// <param name="settings">How an S3 server is reached.</param>
    /// <exception cref="LoyaltyException"><c>DeliveryNotFound</c>, <c>ManifestInvalid</c>, and those of the store.</exception>
    public static async Task<DeliveryPlace> FindAsync(string location, S3Settings settings, CancellationToken cancellationToken)
    {
        var folder = WithoutName(WithoutName(location, DeliveryLayout.ManifestName), DeliveryLayout.LatestName);
        await using var store = ObjectStores.Open(folder, settings);
        await store.CheckAsync(cancellationToken);
        if (!location.EndsWith(DeliveryLayout.LatestName, StringComparison.Ordinal)
            && await store.ReadAsync(DeliveryLayout.ManifestName, cancellationToken) is { } manifest)
            return new DeliveryPlace(folder, manifest.Content, Latest: null);
        if (location.EndsWith(DeliveryLayout.ManifestName, StringComparison.Ordinal)
            || await store.ReadAsync(DeliveryLayout.LatestName, cancellationToken) is not { } found)
            throw LoyaltyErrors.DeliveryNotFound.Because($"There is no delivery at {location}.", location);
        var latest = ManifestJson.ReadLatest(found.Content, DestinationText.At(folder, DeliveryLayout.LatestName));
        return await store.ReadAsync(latest.Manifest, cancellationToken) is { } text
            ? new DeliveryPlace(WithoutName(DestinationText.At(folder, latest.Manifest), DeliveryLayout.ManifestName), text.Content, latest)
            : throw LoyaltyErrors.DeliveryNotFound.Because(
                $"{DestinationText.At(folder, DeliveryLayout.LatestName)} points to {latest.Manifest}, which is not there.", location);
    }

    private static string WithoutName(string location, string name) =>
        location.EndsWith("/" + name, StringComparison.Ordinal)
            || location.EndsWith(Path.DirectorySeparatorChar + name, StringComparison.Ordinal)
            ? location[..^(name.Length + 1)]
            : location.TrimEnd('/');
}

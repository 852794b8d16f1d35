using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery;

/// <summary>
/// A delivery as it lies at its destination. A manifest alone proves nothing: consumers, lifecycle rules and people remove files. Contents
/// are not read, which would take as long as sending them; Test-SegmentDelivery does that.
/// </summary>
/// <param name="Text">The text of its manifest.</param>
/// <param name="Manifest">The manifest; null where it cannot be read.</param>
/// <param name="Fault">What is wrong with the delivery, to be read after its name; null where its files are there in their sizes.</param>
/// <param name="Strays">Objects in its folder that the manifest does not name.</param>
internal sealed record StoredDelivery(string Text, DeliveryManifest? Manifest, string? Fault, int Strays)
{
    /// <summary>Hash of its manifest.</summary>
    public string ManifestSha256 => TextHash.Sha256(Text);

    /// <summary>Looks for a delivery.</summary>
    /// <param name="folder">The folder of the delivery.</param>
    /// <returns>The delivery; null where it has no manifest.</returns>
    public static async Task<StoredDelivery?> FindAsync(IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(DeliveryLayout.ManifestKey(folder), cancellationToken) is not { } text)
            return null;
        DeliveryManifest manifest;
        try
        {
            manifest = ManifestJson.ReadManifest(text.Content, DestinationText.At(store.Location, DeliveryLayout.ManifestKey(folder)));
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.ManifestInvalid)
        {
            return new StoredDelivery(text.Content, Manifest: null, "has a manifest that cannot be read", Strays: 0);
        }

        var found = await store.ListAsync($"{folder}/", cancellationToken)
            .ToDictionaryAsync(entry => entry.Key[(folder.Length + 1)..], entry => entry.Bytes, StringComparer.Ordinal, cancellationToken);
        found.Remove(DeliveryLayout.ManifestName);
        var fault = folder.EndsWith($"/{manifest.DeliveryId}", StringComparison.Ordinal)
            ? FindFault(manifest.Files, found)
            : $"has the manifest of {manifest.DeliveryId}";
        return new StoredDelivery(
            text.Content, manifest, fault, found.Keys.Except(manifest.Files.Select(file => file.Name), StringComparer.Ordinal).Count());
    }

    /// <summary>The delivery, found faulty where it has not the rows it should have.</summary>
    /// <param name="rows">Rows in all files.</param>
    public StoredDelivery Expecting(long rows) =>
        Fault is null && Manifest!.Rows != rows ? this with { Fault = $"has a manifest of {Manifest.Rows} rows instead of {rows}" } : this;

    private static string? FindFault(IReadOnlyList<ManifestFile> files, Dictionary<string, long> found)
    {
        if (files.FirstOrDefault(file => !found.ContainsKey(file.Name)) is { } missing)
            return $"lacks {missing.Name}";
        return files.FirstOrDefault(file => found[file.Name] != file.Bytes) is { } changed
            ? $"has {changed.Name} with {found[changed.Name]} bytes instead of {changed.Bytes}"
            : null;
    }
}

using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Stores;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Whether each published delivery lies at its destination as the log has it: the manifest it names, and just the files, in their sizes. Contents are verified by Test-SegmentDelivery.</summary>
/// <param name="definition">What is known of the check.</param>
internal sealed class StoredDeliveriesCheck(CheckDefinition definition) : Check(definition)
{
    public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        if (!context.Options.IncludeDeliveries)
            return Finding.Skip("destinations are looked at only with -IncludeDeliveries");
        var published = await DeliveryReader.ReadAsync(context.Session, new SqlFilter().And("STATUS = ?", DeliveryStatus.Published.ToString()), last: null, cancellationToken);
        var faults = new List<string>();
        foreach (var destination in published.GroupBy(delivery => (delivery.Destination, delivery.Consumer)))
        {
            await using var store = ObjectStores.Open(destination.Key.Destination, context.Pipeline.Config.Consumers.GetValueOrDefault(destination.Key.Consumer)?.S3 ?? new S3Settings());
            await store.CheckAsync(cancellationToken);
            foreach (var delivery in destination.DistinctBy(delivery => delivery.Folder, StringComparer.Ordinal))
            {
                if (await FindFaultAsync(store, delivery, cancellationToken) is { } fault)
                    faults.Add($"{delivery.SequenceNumber}: {delivery.DeliveryId} {fault}");
            }
        }

        return new Finding { Violations = faults.Count, Total = published.Count, Sample = faults };
    }

    private static async Task<string?> FindFaultAsync(IObjectStore store, DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(DeliveryLayout.ManifestKey(delivery.Folder), cancellationToken) is not { } manifest)
            return "has no manifest";
        if (TextHash.Sha256(manifest.Content) != delivery.ManifestSha256)
            return "has another manifest";
        // Where an earlier delivery was published again, the log of the later one names no files; the manifest, whose hash is right, does.
        var files = ManifestJson.ReadManifest(manifest.Content, delivery.Manifest).Files;
        if (delivery.Files.Count > 0 && !delivery.Files.SequenceEqual(files))
            return "has other files in its manifest";
        var found = await store.ListAsync($"{delivery.Folder}/", cancellationToken).ToDictionaryAsync(entry => entry.Key[(delivery.Folder.Length + 1)..], entry => entry.Bytes, StringComparer.Ordinal, cancellationToken);
        found.Remove(DeliveryLayout.ManifestName);
        if (files.FirstOrDefault(file => !found.ContainsKey(file.Name)) is { } missing)
            return $"lacks {missing.Name}";
        if (files.FirstOrDefault(file => found[file.Name] != file.Bytes) is { } changed)
            return $"has {changed.Name} with {found[changed.Name]} bytes instead of {changed.Bytes}";
        return found.Count > files.Count ? $"has {found.Count - files.Count} files too many" : null;
    }
}

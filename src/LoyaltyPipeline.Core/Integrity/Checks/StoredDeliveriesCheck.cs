using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Stores;
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
        if (await StoredDelivery.FindAsync(store, delivery.Folder, cancellationToken) is not { } stored)
            return "has no manifest";
        if (stored.ManifestSha256 != delivery.ManifestSha256)
            return "has another manifest";
        if (stored.Fault is not null)
            return stored.Fault;
        // Where an earlier delivery was published again, the log of the later one names no files; the manifest, whose hash is right, does.
        if (delivery.Files.Count > 0 && !delivery.Files.Select(Identity).SequenceEqual(stored.Manifest!.Files.Select(Identity)))
            return "has other files in its manifest";
        return stored.Strays > 0 ? $"has {stored.Strays} files too many" : null;

        static (string Name, long Rows, long Bytes, string Sha256) Identity(ManifestFile file) => (file.Name, file.Rows, file.Bytes, file.Sha256);
    }
}

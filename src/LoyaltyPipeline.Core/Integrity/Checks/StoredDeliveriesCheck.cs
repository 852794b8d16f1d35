using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>
/// Whether each published delivery lies at its destination as the log has it: the manifest it names, which says the same as the log, and
/// just the files, in their sizes. What is in the files, Test-SegmentDelivery reads: that takes as long as sending them.
/// </summary>
/// <param name="definition">What is known of the check.</param>
internal sealed class StoredDeliveriesCheck(CheckDefinition definition) : Check(definition)
{
    public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        if (!context.Options.IncludeDeliveries)
            return Finding.Skip("destinations are looked at only with -IncludeDeliveries");
        var published = await DeliveryReader.ReadAsync(
            context.Session, new SqlFilter().And("STATUS = ?", DeliveryStatus.Published.ToString()), last: null, StoredRows.Demanded,
            cancellationToken);
        var faults = new List<string>();
        foreach (var destination in published.GroupBy(delivery => (delivery.Destination, delivery.Consumer)))
        {
            await using var store = ObjectStores.Open(
                destination.Key.Destination,
                context.Pipeline.Config.Consumers.GetValueOrDefault(destination.Key.Consumer)?.S3 ?? new S3Settings());
            await store.CheckAsync(cancellationToken);
            foreach (var folder in destination.GroupBy(delivery => delivery.Folder, StringComparer.Ordinal))
                faults.AddRange(await FindFaultsAsync(store, [.. folder], cancellationToken));
        }

        var found =
            $"{faults.Count} of {published.Count} {Definition.Unit}: {Definition.Fault}; files were compared by name and size, what is in them Test-SegmentDelivery reads";
        return new Finding { Violations = faults.Count, Total = published.Count, Sample = faults, Message = found };
    }

    // What was published again lies in the same folder.
    private static async Task<IReadOnlyList<string>> FindFaultsAsync(
        IObjectStore store, IReadOnlyList<DeliveryRecord> deliveries, CancellationToken cancellationToken)
    {
        var stored = await StoredDelivery.FindAsync(store, deliveries[0].Folder, cancellationToken);
        return FaultOf(stored, deliveries[0]) is { } fault
            ? [Name(deliveries[0], fault)]
            : [.. deliveries.Select(delivery => (delivery, Differing: string.Join(", ", Differences(delivery, stored!.Manifest!))))
                .Where(one => one.Differing.Length > 0)
                .Select(one => Name(one.delivery, $"has in the log, other than in its manifest, {one.Differing}"))];
    }

    private static string? FaultOf(StoredDelivery? stored, DeliveryRecord delivery)
    {
        if (stored is null)
            return "has no manifest";
        if (stored.ManifestSha256 != delivery.ManifestSha256)
            return "has another manifest";
        if (stored.Fault is not null)
            return stored.Fault;
        // Where an earlier delivery was published again, the log of the later one names no files; the manifest, whose hash is right, does.
        if (delivery.Files.Count > 0 && !delivery.Files.Select(Identity).SequenceEqual(stored.Manifest!.Files.Select(Identity)))
            return "has other files in its manifest";
        return stored.Strays > 0 ? $"has {stored.Strays} files too many" : null;

        static (string Name, long Rows, long Bytes, string Sha256) Identity(ManifestFile file) =>
            (file.Name, file.Rows, file.Bytes, file.Sha256);
    }

    private static IEnumerable<string> Differences(DeliveryRecord delivery, DeliveryManifest manifest)
    {
        // Who wrote the manifest; whoever published the same again counted changes and who was left out anew.
        var isAuthor = delivery.StartedAt == manifest.CreatedAt;
        (string Name, bool Differs)[] compared =
        [
            ("CONSUMER", delivery.Consumer != manifest.Consumer),
            ("SEGMENT", delivery.EngagementSegment != manifest.Segment),
            ("DELIVERY_MODE", delivery.Mode != manifest.Mode),
            ("RUN_DATE", delivery.Day != manifest.RunDate),
            ("MERGE_RUN_ID", delivery.MergeRunId != manifest.RunId),
            ("BASE_ID", delivery.BaseDeliveryId != manifest.BaseDeliveryId),
            ("AUDIENCE", delivery.Audience != manifest.Audience),
            ("ROW_COUNT", delivery.Rows != manifest.Rows),
            ("BYTES", delivery.Bytes != manifest.Files.Sum(file => file.Bytes)),
            ("ADDED", isAuthor && delivery.Added != manifest.Added),
            ("CHANGED", isAuthor && delivery.Changed != manifest.Changed),
            ("REMOVED", isAuthor && delivery.Removed != manifest.Removed),
            ("NO_CONSENT", isAuthor && delivery.LeftOut.NoConsent != manifest.LeftOut.NoConsent),
            ("CLOSED_ACCOUNT", isAuthor && delivery.LeftOut.ClosedAccount != manifest.LeftOut.ClosedAccount),
            ("SUSPENDED_ACCOUNT", isAuthor && delivery.LeftOut.SuspendedAccount != manifest.LeftOut.SuspendedAccount),
            ("SUPPRESSED", isAuthor && delivery.LeftOut.Suppressed != manifest.LeftOut.Suppressed),
        ];
        return compared.Where(one => one.Differs).Select(one => one.Name);
    }

    private static string Name(DeliveryRecord delivery, string fault) => $"{delivery.SequenceNumber}: {delivery.DeliveryId} {fault}";
}

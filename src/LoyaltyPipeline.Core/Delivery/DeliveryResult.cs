using System.Collections.ObjectModel;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery;

/// <summary>What a delivery did, or would do.</summary>
public sealed class DeliveryResult
{
    /// <summary>Identifies the delivery.</summary>
    public string DeliveryId { get; internal init; } = string.Empty;

    /// <summary>Who is sent it.</summary>
    public string Consumer { get; internal init; } = string.Empty;

    /// <summary>The segment, as Master calls it: <c>Highly Engaged</c>.</summary>
    public string Segment { get; internal init; } = string.Empty;

    /// <summary>What became of it.</summary>
    public DeliveryOutcome Outcome { get; internal init; }

    /// <summary>What of the audience is sent.</summary>
    public DeliveryMode Mode { get; internal init; }

    /// <summary>The day that is delivered, as the time at which it begins.</summary>
    public DateTime RunDate { get; internal init; }

    /// <summary>Where the manifest is, or would be.</summary>
    public string Manifest { get; internal init; } = string.Empty;

    /// <summary>For a Diff the delivery it is to be added to; null where there was none.</summary>
    public string? BaseDeliveryId { get; internal init; }

    /// <summary>Whether a later day had been delivered already; <c>latest.json</c> then stays as it is.</summary>
    public bool IsBackfill { get; internal init; }

    /// <summary>Users who may be sent.</summary>
    public long Audience { get; internal init; }

    /// <summary>Rows in all files.</summary>
    public long Rows { get; internal init; }

    /// <summary>Size of all files; estimated from a sample where the delivery was only planned.</summary>
    public long Bytes { get; internal init; }

    /// <summary>Users who were not with the consumer before.</summary>
    public long Added { get; internal init; }

    /// <summary>Users of whom something else is sent now.</summary>
    public long Changed { get; internal init; }

    /// <summary>Users who are no longer sent.</summary>
    public long Removed { get; internal init; }

    /// <summary>Users of the segment who are not sent, and why.</summary>
    public LeftOutCounts LeftOut { get; internal init; } = new();

    /// <summary>Guards that tripped.</summary>
    public ReadOnlyCollection<TrippedGuard> Guards { get; internal init; } = [];

    /// <summary>The files, in order; none for a plan.</summary>
    public ReadOnlyCollection<ManifestFile> Files { get; internal init; } = [];

    /// <summary>How long it took.</summary>
    public double Seconds { get; internal init; }

    /// <summary>What would be delivered.</summary>
    /// <param name="bytes">The size of all files, estimated.</param>
    internal static DeliveryResult Planned(DeliveryPlan plan, long bytes, double seconds) =>
        Of(plan, DeliveryOutcome.Planned, plan.Rows, bytes, [], seconds);

    /// <summary>What lies at the destination now.</summary>
    /// <param name="isNew">Whether it was not there before.</param>
    internal static DeliveryResult Made(DeliveryPlan plan, DeliveryManifest manifest, bool isNew, double seconds) =>
        Of(
            plan, isNew ? DeliveryOutcome.Published : DeliveryOutcome.AlreadyThere, manifest.Rows, manifest.Files.Sum(file => file.Bytes),
            manifest.Files, seconds);

    private static DeliveryResult Of(
        DeliveryPlan plan, DeliveryOutcome outcome, long rows, long bytes, IReadOnlyList<ManifestFile> files, double seconds) => new()
        {
            DeliveryId = plan.DeliveryId,
            Consumer = plan.Consumer.Name,
            Segment = SegmentNames.Of(plan.Consumer.Segment),
            Outcome = outcome,
            Mode = plan.Mode,
            RunDate = Midnight.Of(plan.Day.Day),
            Manifest = DestinationText.At(plan.Destination, DeliveryLayout.ManifestKey(plan.Folder)),
            BaseDeliveryId = plan.BaseDeliveryId,
            IsBackfill = plan.IsBackfill,
            Audience = plan.Users.Audience,
            Rows = rows,
            Bytes = bytes,
            Added = plan.Users.Changes.Added,
            Changed = plan.Users.Changes.Changed,
            Removed = plan.Users.Changes.Removed,
            LeftOut = plan.Users.LeftOut,
            Guards = [.. plan.Guards],
            Files = [.. files],
            Seconds = seconds,
        };
}

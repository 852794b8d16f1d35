using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Segments;

namespace LoyaltyPipeline.Core.Delivery;

/// <summary>What a delivery did, or would do.</summary>
public sealed record DeliveryResult
{
    /// <summary>Identifies the delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Who is sent it.</summary>
    public required string Consumer { get; init; }

    /// <summary>The segment.</summary>
    public required EngagementSegment Segment { get; init; }

    /// <summary>What became of it.</summary>
    public required DeliveryOutcome Outcome { get; init; }

    /// <summary>What of the audience is sent.</summary>
    public required DeliveryMode Mode { get; init; }

    /// <summary>The day that is delivered.</summary>
    public required DateOnly RunDate { get; init; }

    /// <summary>Where the manifest is, or would be.</summary>
    public required string Manifest { get; init; }

    /// <summary>For a Diff the delivery it is to be added to; null where there was none.</summary>
    public required string? BaseDeliveryId { get; init; }

    /// <summary>Whether a later day had been delivered already; <c>latest.json</c> then stays as it is.</summary>
    public required bool IsBackfill { get; init; }

    /// <summary>Users who may be sent.</summary>
    public required long Audience { get; init; }

    /// <summary>Rows in all files.</summary>
    public required long Rows { get; init; }

    /// <summary>Size of all files; estimated from a sample where the delivery was only planned.</summary>
    public required long Bytes { get; init; }

    /// <summary>Users who were not with the consumer before.</summary>
    public required long Added { get; init; }

    /// <summary>Users of whom something else is sent now.</summary>
    public required long Changed { get; init; }

    /// <summary>Users who are no longer sent.</summary>
    public required long Removed { get; init; }

    /// <summary>Users of the segment who are not sent, and why.</summary>
    public required LeftOutCounts LeftOut { get; init; }

    /// <summary>Guards that tripped.</summary>
    public required IReadOnlyList<TrippedGuard> Guards { get; init; }

    /// <summary>The files, in order; none for a plan.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }
}

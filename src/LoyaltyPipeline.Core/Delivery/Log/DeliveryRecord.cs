using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Segments;

namespace LoyaltyPipeline.Core.Delivery.Log;

/// <summary>A delivery as the log keeps it.</summary>
public sealed record DeliveryRecord
{
    /// <summary>Order of the deliveries.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>Identifies what is delivered.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>The run that delivered.</summary>
    public required string RunId { get; init; }

    /// <summary>How far it is.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>Stands for consumer, segment and destination together; a backfill has one of its own.</summary>
    public required long FeedId { get; init; }

    /// <summary>Who is sent it.</summary>
    public required string Consumer { get; init; }

    /// <summary>The segment.</summary>
    public required EngagementSegment Segment { get; init; }

    /// <summary>The folder, or <c>s3://bucket/prefix</c>.</summary>
    public required string Destination { get; init; }

    /// <summary>Where in the destination its files are.</summary>
    public required string Folder { get; init; }

    /// <summary>What of the audience is sent.</summary>
    public required DeliveryMode Mode { get; init; }

    /// <summary>The day that is delivered.</summary>
    public required DateOnly RunDate { get; init; }

    /// <summary>The run that wrote the day.</summary>
    public required string MergeRunId { get; init; }

    /// <summary>For a Diff the delivery it is to be added to; null where there was none.</summary>
    public string? BaseDeliveryId { get; init; }

    /// <summary>Whether a later day had been delivered already; <c>latest.json</c> then stays as it is.</summary>
    public required bool IsBackfill { get; init; }

    /// <summary>Hash of everything that decides how a row is written.</summary>
    public required string FormSha256 { get; init; }

    /// <summary>Users who may be sent.</summary>
    public required long Audience { get; init; }

    /// <summary>Rows in all files.</summary>
    public long Rows { get; init; }

    /// <summary>Size of all files.</summary>
    public long Bytes { get; init; }

    /// <summary>Users who were not with the consumer before.</summary>
    public required long Added { get; init; }

    /// <summary>Users of whom something else is sent now.</summary>
    public required long Changed { get; init; }

    /// <summary>Users who are no longer sent.</summary>
    public required long Removed { get; init; }

    /// <summary>Users of the segment who are not sent, and why.</summary>
    public required LeftOutCounts LeftOut { get; init; }

    /// <summary>Whether guards were told to let it pass.</summary>
    public required bool Forced { get; init; }

    /// <summary>The guards that tripped; null where none did.</summary>
    public string? Guards { get; init; }

    /// <summary>When it was begun (UTC).</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>When its manifest was written (UTC); null before.</summary>
    public DateTime? PublishedAt { get; init; }

    /// <summary>Hash of its manifest; null before there is one.</summary>
    public string? ManifestSha256 { get; init; }

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<ManifestFile> Files { get; init; } = [];

    /// <summary>Where the manifest is: what Test-SegmentDelivery takes.</summary>
    public string Manifest => $"{Destination}/{DeliveryLayout.ManifestKey(Folder)}";
}

using System.Collections.ObjectModel;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Log;

/// <summary>A delivery as the log keeps it.</summary>
public sealed class DeliveryRecord
{
    /// <summary>Order of the deliveries.</summary>
    public long SequenceNumber { get; internal init; }

    /// <summary>Identifies what is delivered.</summary>
    public string DeliveryId { get; internal init; } = string.Empty;

    /// <summary>The run that delivered.</summary>
    public string RunId { get; internal init; } = string.Empty;

    /// <summary>How far it is.</summary>
    public DeliveryStatus Status { get; internal init; }

    /// <summary>Stands for consumer, segment and destination together; a backfill has one of its own.</summary>
    public long FeedId { get; internal init; }

    /// <summary>Who is sent it.</summary>
    public string Consumer { get; internal init; } = string.Empty;

    /// <summary>The segment, as Master calls it: <c>Highly Engaged</c>.</summary>
    public string Segment { get; private init; } = string.Empty;

    /// <summary>The folder, or <c>s3://bucket/prefix</c>.</summary>
    public string Destination { get; internal init; } = string.Empty;

    /// <summary>Where in the destination its files are.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>What of the audience is sent.</summary>
    public DeliveryMode Mode { get; internal init; }

    /// <summary>The day that is delivered, as the time at which it begins.</summary>
    public DateTime RunDate { get; private init; }

    /// <summary>The run that wrote the day.</summary>
    public string MergeRunId { get; internal init; } = string.Empty;

    /// <summary>For a Diff the delivery it is to be added to; null where there was none.</summary>
    public string? BaseDeliveryId { get; internal init; }

    /// <summary>Whether a later day had been delivered already; <c>latest.json</c> then stays as it is.</summary>
    public bool IsBackfill { get; internal init; }

    /// <summary>Hash of everything that decides how a row is written.</summary>
    public string FormSha256 { get; internal init; } = string.Empty;

    /// <summary>Users who may be sent.</summary>
    public long Audience { get; internal init; }

    /// <summary>Rows in all files.</summary>
    public long Rows { get; internal init; }

    /// <summary>Size of all files.</summary>
    public long Bytes { get; internal init; }

    /// <summary>Users who were not with the consumer before.</summary>
    public long Added { get; internal init; }

    /// <summary>Users of whom something else is sent now.</summary>
    public long Changed { get; internal init; }

    /// <summary>Users who are no longer sent.</summary>
    public long Removed { get; internal init; }

    /// <summary>Users of the segment who are not sent, and why.</summary>
    public LeftOutCounts LeftOut { get; internal init; } = new();

    /// <summary>Whether guards were told to let it pass.</summary>
    public bool Forced { get; internal init; }

    /// <summary>The guards that tripped; null where none did.</summary>
    public string? Guards { get; internal init; }

    /// <summary>When it was begun (UTC).</summary>
    public DateTime StartedAt { get; internal init; }

    /// <summary>When its manifest was written (UTC); null before.</summary>
    public DateTime? PublishedAt { get; internal init; }

    /// <summary>Hash of its manifest; null before there is one.</summary>
    public string? ManifestSha256 { get; internal init; }

    /// <summary>The files, in order.</summary>
    public ReadOnlyCollection<ManifestFile> Files { get; internal set; } = [];

    /// <summary>The segment.</summary>
    internal EngagementSegment EngagementSegment { get => SegmentNames.Parse(Segment); init => Segment = SegmentNames.Of(value); }

    /// <summary>The day that is delivered.</summary>
    internal DateOnly Day { get => DateOnly.FromDateTime(RunDate); init => RunDate = Midnight.Of(value); }

    /// <summary>Where the manifest is: what Test-SegmentDelivery takes.</summary>
    public string Manifest => DestinationText.At(Destination, DeliveryLayout.ManifestKey(Folder));

    /// <summary>A delivery that begins.</summary>
    internal static DeliveryRecord Begin(DeliveryPlan plan, string runId, long number, DateTime at) => new()
    {
        SequenceNumber = number,
        DeliveryId = plan.DeliveryId,
        RunId = runId,
        Status = DeliveryStatus.Started,
        FeedId = plan.FeedId,
        Consumer = plan.Consumer.Name,
        EngagementSegment = plan.Consumer.Segment,
        Destination = plan.Destination,
        Folder = plan.Folder,
        Mode = plan.Mode,
        Day = plan.Day.Day,
        MergeRunId = plan.Day.RunId,
        BaseDeliveryId = plan.BaseDeliveryId,
        IsBackfill = plan.IsBackfill,
        FormSha256 = plan.Form.Sha256,
        Audience = plan.Users.Audience,
        Added = plan.Users.Changes.Added,
        Changed = plan.Users.Changes.Changed,
        Removed = plan.Users.Changes.Removed,
        LeftOut = plan.Users.LeftOut,
        Forced = plan.Options.Force,
        Guards = TrippedGuard.Join(plan.Guards),
        StartedAt = at,
    };
}

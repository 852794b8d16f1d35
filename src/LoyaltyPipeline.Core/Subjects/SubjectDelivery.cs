using System.Collections.ObjectModel;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>A delivery that holds a user.</summary>
public sealed class SubjectDelivery
{
    internal SubjectDelivery(DeliveryRecord delivery, IReadOnlyList<string> files, bool hasNow)
    {
        Consumer = delivery.Consumer;
        Segment = delivery.Segment;
        RunDate = delivery.RunDate;
        Mode = delivery.Mode;
        Status = delivery.Status;
        DeliveryId = delivery.DeliveryId;
        PublishedAt = delivery.PublishedAt;
        Destination = delivery.Destination;
        Manifest = delivery.Manifest;
        Files = [.. files.Select(file => DestinationText.At(delivery.Destination, $"{delivery.Folder}/{file}"))];
        HasNow = hasNow;
        FeedId = delivery.FeedId;
    }

    /// <summary>Who was sent it.</summary>
    public string Consumer { get; }

    /// <summary>The segment, as Master calls it: <c>Highly Engaged</c>.</summary>
    public string Segment { get; }

    /// <summary>The day that was delivered, as the time at which it begins.</summary>
    public DateTime RunDate { get; }

    /// <summary>What of the audience was sent.</summary>
    public DeliveryMode Mode { get; }

    /// <summary>How far it is; what is Cleared was removed from its destination, but the consumer may have read it.</summary>
    public DeliveryStatus Status { get; }

    /// <summary>Identifies the delivery.</summary>
    public string DeliveryId { get; }

    /// <summary>When its manifest was written (UTC); null before.</summary>
    public DateTime? PublishedAt { get; }

    /// <summary>The folder or the bucket with its prefix.</summary>
    public string Destination { get; }

    /// <summary>Where its manifest is.</summary>
    public string Manifest { get; }

    /// <summary>The files that may hold the user, by where they are.</summary>
    public ReadOnlyCollection<string> Files { get; }

    /// <summary>Whether the consumer still has the user by the deliveries of this kind, as the log knows it.</summary>
    public bool HasNow { get; }

    /// <summary>For example <c>Marketing 2026-06-30 Full</c>.</summary>
    public override string ToString() =>
        $"{Consumer} {RunDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)} {Mode}";

    /// <summary>The consumer, segment and destination together.</summary>
    internal long FeedId { get; }
}

using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>Everything that is known of a delivery before anything is written.</summary>
internal sealed record DeliveryPlan
{
    /// <summary>What was asked for.</summary>
    public required DeliveryOptions Options { get; init; }

    public required string Destination { get; init; }

    /// <summary>The day and who wrote it.</summary>
    public required DeliveredDay Day { get; init; }

    /// <summary>How rows look.</summary>
    public required DeliveryForm Form { get; init; }

    public required DeliverySql Sql { get; init; }

    public required DeliveryUsers Users { get; init; }

    /// <summary>How many of those who are sent have a telephone number that is none, and becomes NULL.</summary>
    public required long UnreadableNumbers { get; init; }

    /// <summary>Where a Full is cut, if Master has its users in order; null where they are to be sorted.</summary>
    public required PartPlan? StoredParts { get; init; }

    /// <summary>What the consumer was last sent; null where it was sent nothing.</summary>
    public required DeliveryRecord? Newest { get; init; }

    /// <summary>
    /// What was last delivered in the feed: the newest, or for a backfill the same day before; null where there was nothing.
    /// </summary>
    public required DeliveryRecord? Previous { get; init; }

    public required long FeedId { get; init; }

    /// <summary>Identifies the delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>Guards that tripped.</summary>
    public required IReadOnlyList<TrippedGuard> Guards { get; init; }

    /// <summary>Whether a later day had been delivered already.</summary>
    public required bool IsBackfill { get; init; }

    /// <summary>To whom.</summary>
    public Consumer Consumer => Options.Consumer;

    /// <summary>What of the audience.</summary>
    public DeliveryMode Mode => Options.Mode;

    /// <summary>Whether the delivery is the one that was made last.</summary>
    public bool IsRepetition => Previous?.DeliveryId == DeliveryId;

    /// <summary>For a Diff the delivery it is to be added to.</summary>
    public string? BaseDeliveryId => Mode == DeliveryMode.Full ? null : IsRepetition ? Newest!.BaseDeliveryId : Newest?.DeliveryId;

    /// <summary>Where in the destination the files go.</summary>
    public string Folder => DeliveryLayout.Folder(Consumer, Day.Day, DeliveryId);

    /// <summary>Rows in all files.</summary>
    public long Rows => Mode == DeliveryMode.Full ? Users.Audience : Users.Changes.Rows;

    /// <summary>The error of two who deliver the same at the same time.</summary>
    public LoyaltyException Conflict() => LoyaltyErrors.DeliveryConflict.Because(
        $"Somebody else delivered {SegmentNames.Of(Consumer.Segment)} to {Consumer.Name} at {Destination} meanwhile.", Consumer.Name);
}

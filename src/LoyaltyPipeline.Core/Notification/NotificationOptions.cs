using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Notification;

/// <summary>What came of a scheduled run.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why; null of one that is sound.</param>
public sealed record NotificationOptions(RunOutcome Outcome, NotificationReason? Reason)
{
    /// <summary>The day that was to be written; null where it is not known.</summary>
    public DateOnly? RunDate { get; init; }

    /// <summary>Whether nothing is sent or kept.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>The warehouse that keeps what was told; null where it cannot be opened.</summary>
    public IWarehouse? Warehouse { get; init; }
}

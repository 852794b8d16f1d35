namespace LoyaltyPipeline.Core.Notification;

/// <summary>A row of LOYALTY.NOTIFICATION.</summary>
internal sealed record ToldRow(
    DateTime At, string Channel, RunOutcome Outcome, string? ReasonId, string? RunId, NotificationStatus Status, string Detail);

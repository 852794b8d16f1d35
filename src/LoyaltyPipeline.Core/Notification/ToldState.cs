namespace LoyaltyPipeline.Core.Notification;

/// <summary>What a channel was told last.</summary>
/// <param name="ReasonId">Why; null of one that is sound.</param>
/// <param name="At">When (UTC).</param>
internal sealed record ToldState(RunOutcome Outcome, string? ReasonId, DateTime At)
{
    /// <summary>What a channel is to be told of now.</summary>
    /// <param name="last">What it was told last; null for nothing.</param>
    /// <returns>The event; null where there is nothing new.</returns>
    public static NotificationEvent? NewsOf(RunOutcome outcome, string? reasonId, ToldState? last, int remindAfterDays, DateTime now)
    {
        if (outcome == RunOutcome.Sound)
            return last is null or { Outcome: RunOutcome.Sound } ? null : NotificationEvent.Recovery;
        var isKnown = last is not null && last.Outcome == outcome && last.ReasonId == reasonId
            && now.Date < last.At.Date.AddDays(remindAfterDays);
        return isKnown ? null
            : outcome == RunOutcome.Failed ? NotificationEvent.Failure
            : NotificationEvent.NotSound;
    }
}

using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Who is to be suppressed, or no longer.</summary>
/// <param name="UserIds">The users.</param>
/// <param name="Reason">Why; null to leave the reason of who is suppressed already as it is.</param>
/// <param name="Until">The last day on which it holds, by UTC; null for good.</param>
/// <param name="PlanOnly">Whether everything but writing is done.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record SuppressOptions(
    IReadOnlyList<long> UserIds, string? Reason = null, DateOnly? Until = null, bool PlanOnly = false, LockWait? LockWait = null);

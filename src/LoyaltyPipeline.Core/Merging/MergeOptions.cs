using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>What a merge is asked to do.</summary>
/// <param name="RunDate">The day to write.</param>
/// <param name="Force">Whether guards only warn.</param>
/// <param name="PlanOnly">Whether everything but writing is done.</param>
/// <param name="SampleUsers">How many users who are new, as many who change and as many who are gone are shown with their changes; none for
/// 0.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record MergeOptions(
    DateOnly RunDate, bool Force = false, bool PlanOnly = false, int SampleUsers = 0, LockWait? LockWait = null);

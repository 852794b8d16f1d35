using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>What a merge is asked to do.</summary>
/// <param name="RunDate">The day to write.</param>
/// <param name="Force">Whether guards only warn.</param>
/// <param name="PlanOnly">Whether everything but writing is done.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record MergeOptions(DateOnly RunDate, bool Force = false, bool PlanOnly = false, LockWait? LockWait = null);

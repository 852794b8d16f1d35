using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>What a replay is asked to do.</summary>
/// <param name="From">The first day to write.</param>
/// <param name="To">The last day to write.</param>
/// <param name="Force">Whether guards only warn.</param>
/// <param name="OnlyMissing">Whether days that have been written stay as they are, as after an interruption.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record ReplayOptions(DateOnly From, DateOnly To, bool Force = false, bool OnlyMissing = false, LockWait? LockWait = null);

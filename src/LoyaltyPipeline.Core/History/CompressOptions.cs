using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.History;

/// <summary>How history is to be thinned.</summary>
/// <param name="Retention">Which days are kept.</param>
/// <param name="PlanOnly">Whether everything but writing is done.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record CompressOptions(RetentionRule Retention, bool PlanOnly = false, LockWait? LockWait = null);

using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Undoing;

/// <summary>How a written day is to be taken back.</summary>
/// <param name="RunDate">The day.</param>
/// <param name="PlanOnly">Whether everything but writing is done.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record UndoOptions(DateOnly RunDate, bool PlanOnly = false, LockWait? LockWait = null);

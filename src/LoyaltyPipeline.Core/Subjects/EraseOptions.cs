using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Who is to be erased, and how.</summary>
/// <param name="UserIds">The users.</param>
/// <param name="RemovalFolder">Where files for consumers are written that say who is removed, by its full path; null for none.</param>
/// <param name="PlanOnly">Whether everything but writing is done.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record EraseOptions(
    IReadOnlyList<long> UserIds, string? RemovalFolder = null, bool PlanOnly = false, LockWait? LockWait = null);

namespace LoyaltyPipeline.Core.Runs;

/// <summary>Which runs to read.</summary>
/// <param name="RunIds">These runs; null for all.</param>
/// <param name="Kind">Only runs of this kind.</param>
/// <param name="Status">Only runs that ended so.</param>
/// <param name="RunDate">Only merges of this day.</param>
/// <param name="Last">At most so many, the newest; null for no limit.</param>
public sealed record RunQuery(
    IReadOnlyList<string>? RunIds = null, RunKind? Kind = null, RunStatus? Status = null, DateOnly? RunDate = null, int? Last = null);

namespace LoyaltyPipeline.Core.Runs;

/// <summary>Which runs to read.</summary>
/// <param name="RunIds">These runs; null for all.</param>
/// <param name="Kinds">Only runs of these kinds; null for all.</param>
/// <param name="Statuses">Only runs that ended so; null for all.</param>
/// <param name="RunDate">Only merges of this day.</param>
/// <param name="Last">At most so many, the newest; null for no limit.</param>
public sealed record RunQuery(
    IReadOnlyList<string>? RunIds = null, IReadOnlyList<RunKind>? Kinds = null, IReadOnlyList<RunStatus>? Statuses = null,
    DateOnly? RunDate = null, int? Last = null);

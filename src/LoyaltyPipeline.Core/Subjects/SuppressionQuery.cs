namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Which suppressions to read.</summary>
/// <param name="UserIds">Only of these users; of all where there are none.</param>
/// <param name="Reasons">Only with one of these reasons, by name or pattern; with any where there are none.</param>
/// <param name="IsCurrent">Only those that hold today, or only those that do not; null for both.</param>
public sealed record SuppressionQuery(IReadOnlyList<long> UserIds, IReadOnlyList<string> Reasons, bool? IsCurrent = null);

namespace LoyaltyPipeline.Core.History;

/// <summary>Which versions to read.</summary>
/// <param name="UserIds">Of these users; empty for all.</param>
/// <param name="AsOf">Those that hold on this day; null for all.</param>
/// <param name="First">At most so many; null for all.</param>
public sealed record VersionQuery(IReadOnlyList<long> UserIds, DateOnly? AsOf = null, int? First = null);

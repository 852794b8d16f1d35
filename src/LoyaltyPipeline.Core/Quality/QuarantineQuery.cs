namespace LoyaltyPipeline.Core.Quality;

/// <summary>Which quarantined rows to read.</summary>
/// <param name="RunId">Of one run; null for all runs.</param>
/// <param name="SourceTable">Of one source, by its full name.</param>
/// <param name="Rule">By one rule.</param>
/// <param name="OpenOnly">Only those that still wait for a repair.</param>
/// <param name="First">At most so many; null for all.</param>
public sealed record QuarantineQuery(string? RunId = null, string? SourceTable = null, string? Rule = null, bool OpenOnly = false, int? First = null);

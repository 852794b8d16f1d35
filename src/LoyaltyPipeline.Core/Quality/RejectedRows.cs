namespace LoyaltyPipeline.Core.Quality;

/// <summary>How many rows of a source one rule rejected.</summary>
/// <param name="SourceTable">The source, as the catalog names it.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Rows">The rows.</param>
public sealed record RejectedRows(string SourceTable, string Rule, long Rows);

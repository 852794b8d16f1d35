namespace LoyaltyPipeline.Core.Runs;

/// <summary>What a run has written.</summary>
/// <param name="Inserted">Rows added.</param>
/// <param name="Updated">Rows changed.</param>
/// <param name="Deleted">Rows removed.</param>
/// <param name="Unchanged">Rows found as they were.</param>
internal sealed record RunTotals(long Inserted = 0, long Updated = 0, long Deleted = 0, long Unchanged = 0);

namespace LoyaltyPipeline.Core.Samples;

/// <summary>What was written into one source table.</summary>
/// <param name="Table">The table, such as <c>DW_A.USER_ACTIVITY</c>.</param>
/// <param name="Rows">All rows, planted ones included.</param>
/// <param name="Planted">Rows to be rejected, by rule (<c>null_key</c>, <c>not_null</c>, …); empty in a clean sample.</param>
public sealed record SampleTableResult(string Table, long Rows, IReadOnlyDictionary<string, long> Planted);

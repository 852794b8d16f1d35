namespace LoyaltyPipeline.Core.Sources;

/// <summary>What storing the rows of an import did.</summary>
/// <param name="Inserted">Rows of new keys, or all rows where the mode does not look at keys.</param>
/// <param name="Updated">Rows that replaced a stored row.</param>
/// <param name="Deleted">Stored rows that were removed.</param>
/// <param name="Unchanged">Rows that were stored already, just so.</param>
/// <param name="Older">Rows of which a newer one is stored, which stays.</param>
internal sealed record ImportCounts(long Inserted, long Updated, long Deleted, long Unchanged, long Older);

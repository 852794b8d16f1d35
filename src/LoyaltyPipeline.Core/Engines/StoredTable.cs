namespace LoyaltyPipeline.Core.Engines;

/// <summary>A table or view of the pipeline's own, as errors about its rows name it.</summary>
/// <param name="KeyColumns">How many columns, the first of each query, name a row.</param>
internal sealed record StoredTable(string Name, int KeyColumns);

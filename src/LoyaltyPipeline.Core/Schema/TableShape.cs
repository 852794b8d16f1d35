namespace LoyaltyPipeline.Core.Schema;

/// <summary>The columns a table has in the warehouse, with the engine's name for each type.</summary>
/// <param name="Columns">Type by upper-case column name.</param>
public sealed record TableShape(IReadOnlyDictionary<string, string> Columns);

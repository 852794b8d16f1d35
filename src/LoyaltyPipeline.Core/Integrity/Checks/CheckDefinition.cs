using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>What is known of a check before it runs.</summary>
/// <param name="Id">Identifies it.</param>
/// <param name="Suite">The suite it belongs to.</param>
/// <param name="Table">The table it looks at; null where it is not about one table.</param>
/// <param name="Column">The column or columns it looks at; null where it is about whole rows.</param>
/// <param name="Fault">What is wrong where something is, in words.</param>
/// <param name="Threshold">From where on it warns and fails, unless pipeline.yml says otherwise.</param>
/// <param name="Unit">What it counts.</param>
internal sealed record CheckDefinition(
    string Id, CheckSuite Suite, TableName? Table, string? Column, string Fault, CheckThreshold Threshold, string Unit = "rows");

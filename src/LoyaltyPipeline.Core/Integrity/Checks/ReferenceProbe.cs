namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>A column whose values must exist in another.</summary>
/// <param name="Relation">The table that refers.</param>
/// <param name="Target">The table referred to.</param>
internal sealed record ReferenceProbe(string Relation, string Column, string Target, string TargetColumn);

namespace LoyaltyPipeline.Core.Quarantine;

/// <summary>A condition on one row that makes it unusable.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Broken">SQL that is true for a row that breaks the rule and false, never NULL, for any other.</param>
/// <param name="Detail">What is wrong with such a row, in words.</param>
public sealed record RowRule(string Rule, string Broken, string Detail);

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Source rows that a run put into quarantine.</summary>
/// <param name="Rule">The rule they broke.</param>
/// <param name="Rows">How many they are.</param>
internal sealed record QuarantinedInRun(string RunId, string Rule, long Rows);

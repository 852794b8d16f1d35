namespace LoyaltyPipeline.Crashes;

/// <summary>A kill and what came of it.</summary>
/// <param name="Work">What was being done.</param>
/// <param name="After">How long after its begin.</param>
/// <param name="UnitsDone">How many units were found done; null where the warehouse was in no state in which it may be.</param>
/// <param name="Failure">What was wrong; null where all was well.</param>
public sealed record KillResult(string Work, TimeSpan After, int? UnitsDone, string? Failure);

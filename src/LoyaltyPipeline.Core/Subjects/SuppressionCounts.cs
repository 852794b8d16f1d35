namespace LoyaltyPipeline.Core.Subjects;

/// <summary>How the users that were given stand.</summary>
/// <param name="Users">How many, each once.</param>
/// <param name="Stored">Of them those with a row in SUPPRESSION.</param>
/// <param name="Different">Of those the ones whose row says something else.</param>
/// <param name="Known">Of all those that Master has.</param>
internal sealed record SuppressionCounts(long Users, long Stored, long Different, long Known);

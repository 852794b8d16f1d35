namespace LoyaltyPipeline.Core.History;

/// <summary>What taking days out of history comes to.</summary>
/// <param name="Affected">Users with versions that begin or end on one of the days.</param>
/// <param name="Gone">Stored versions that are not as they will be.</param>
/// <param name="New">Versions that will be and are not stored yet.</param>
internal sealed record ThinningPlan(long Affected, long Gone, long New);

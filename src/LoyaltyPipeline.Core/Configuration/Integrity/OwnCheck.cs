using LoyaltyPipeline.Core.Queries;

namespace LoyaltyPipeline.Core.Configuration.Integrity;

/// <summary>A check that <c>pipeline.yml</c> declares: a query that yields what is not as it must be.</summary>
/// <param name="Id">Identifies it; begins with <c>own.</c></param>
/// <param name="Description">What is wrong with a row that the query yields.</param>
/// <param name="Query">The query.</param>
/// <param name="Suite">The suite it belongs to.</param>
/// <param name="Table">The table it is about, for <c>-Table</c>; null for none.</param>
/// <param name="Threshold">From where on it warns and fails.</param>
/// <param name="Timeout">How long it may take.</param>
public sealed record OwnCheck(
    string Id, string Description, UserQuery Query, CheckSuite Suite, string? Table, CheckThreshold Threshold, TimeSpan Timeout);

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>What a warehouse has of a table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">How many rows; null where it is not there.</param>
/// <param name="Newest">The latest event (UTC), as text; null where it has none.</param>
/// <param name="DaysOld">How long before the newest merged day that is.</param>
/// <param name="Limit">How long it may be.</param>
/// <param name="LastCheck">The worst that the last test run found of it; null where it was not tested.</param>
internal sealed record TableState(string Table, long? Rows, string? Newest, int? DaysOld, int? Limit, string? LastCheck);

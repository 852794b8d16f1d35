namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>How a feature is adopted in a region on the newest written day.</summary>
/// <param name="Region">The region; users without one are a region of their own.</param>
/// <param name="Module">The module.</param>
/// <param name="Feature">The feature.</param>
/// <param name="Adopters">Users who have used it.</param>
/// <param name="Rate">The share of the users with an active account who have; null where there are none.</param>
/// <param name="Active30Days">Adopters who used it in the last thirty days.</param>
/// <param name="Change30Days">Adopters more than thirty days before.</param>
/// <param name="IsSmallRegion">Whether the region has fewer than five users.</param>
internal sealed record FeatureAdoption(string Region, string Module, string Feature, long Adopters, decimal? Rate, long Active30Days, long Change30Days, bool IsSmallRegion);

namespace LoyaltyPipeline.Core.Adoption;

/// <summary>Adoption of a feature in a region on a written day, as the view FEATURE_ADOPTION_TREND has it.</summary>
/// <param name="SnapshotDate">The day.</param>
/// <param name="RegionCode">The region; <c>(none)</c> for users without a known one.</param>
/// <param name="RegionName">Its name.</param>
/// <param name="RegionClass">Its class.</param>
/// <param name="ModuleName">The product module.</param>
/// <param name="FeatureName">The feature.</param>
/// <param name="Adopters">Users of the region who had first used it by the end of the day.</param>
/// <param name="ActiveUsers">Users of the region with an active account, the denominator of the rate.</param>
/// <param name="ActiveAdopters">Adopters with an active account, the numerator of the rate.</param>
/// <param name="AdoptionRate">The rate, 0 to 1; null where no user of the region has an active account.</param>
/// <param name="UseCount">Uses by all adopters.</param>
/// <param name="Active30D">Adopters who used it in the 30 days that end with the day.</param>
/// <param name="AdoptersBefore">Of the adopters those who had first used it by the end of the day 30 days before.</param>
/// <param name="Change30D">Who took it up in the 30 days.</param>
/// <param name="IsSmallRegion">Whether the region has fewer than 5 users.</param>
public sealed record FeatureAdoption(
    DateOnly SnapshotDate, string RegionCode, string? RegionName, string? RegionClass, string ModuleName, string FeatureName,
    long Adopters, long ActiveUsers, long ActiveAdopters, decimal? AdoptionRate, long UseCount, long Active30D, long AdoptersBefore, long Change30D, bool IsSmallRegion);

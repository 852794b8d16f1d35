namespace LoyaltyPipeline.Core.Adoption;

/// <summary>Adoption of a feature in a region on a written day, as the view FEATURE_ADOPTION_TREND has it.</summary>
public sealed class FeatureAdoption(
    DateTime snapshotDate, string regionCode, string? regionName, string? regionClass, string moduleName, string featureName,
    long adopters, long activeUsers, long activeAdopters, decimal? adoptionRate, long useCount, long active30D, long adoptersBefore,
    long change30D, bool isSmallRegion)
{
    /// <summary>The day, as the time at which it begins.</summary>
    public DateTime SnapshotDate { get; } = snapshotDate;

    /// <summary>
    /// The region; <c>(none)</c> for users without one, <c>(unknown)</c> for those whose region REGION_METADATA does not know.
    /// </summary>
    public string RegionCode { get; } = regionCode;

    /// <summary>Its name.</summary>
    public string? RegionName { get; } = regionName;

    /// <summary>Its class.</summary>
    public string? RegionClass { get; } = regionClass;

    /// <summary>The product module.</summary>
    public string ModuleName { get; } = moduleName;

    /// <summary>The feature.</summary>
    public string FeatureName { get; } = featureName;

    /// <summary>Users of the region who had first used it by the end of the day.</summary>
    public long Adopters { get; } = adopters;

    /// <summary>Users of the region with an active account, the denominator of the rate.</summary>
    public long ActiveUsers { get; } = activeUsers;

    /// <summary>Adopters with an active account, the numerator of the rate.</summary>
    public long ActiveAdopters { get; } = activeAdopters;

    /// <summary>The rate, 0 to 1; null where no user of the region has an active account.</summary>
    public decimal? AdoptionRate { get; } = adoptionRate;

    /// <summary>Uses by all adopters.</summary>
    public long UseCount { get; } = useCount;

    /// <summary>Adopters who used it in the 30 days that end with the day.</summary>
    public long Active30D { get; } = active30D;

    /// <summary>Of the adopters those who had first used it by the end of the day 30 days before.</summary>
    public long AdoptersBefore { get; } = adoptersBefore;

    /// <summary>Who took it up in the 30 days.</summary>
    public long Change30D { get; } = change30D;

    /// <summary>Whether the region has fewer than 5 users.</summary>
    public bool IsSmallRegion { get; } = isSmallRegion;
}

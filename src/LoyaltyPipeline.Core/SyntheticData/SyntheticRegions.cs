namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>The regions of every sample, in the order of their codes.</summary>
internal static class SyntheticRegions
{
    public const int NoRegion = -1;
    public const int UnknownRegion = -2;
    public const string UnknownRegionCode = "XX-LEGACY";

    public static readonly SyntheticRegion[] All =
    [
        new("AU-ALL", "Australia", "Australia", "Growth", 70, 3000, 6800),
        new("BR-SOUTH", "Brazil South", "Brazil", "Emerging", 80, 2200, 5600),
        new("CA-ALL", "Canada", "Canada", "Core", 90, 3400, 7200),
        new("DE-ALL", "Germany", "Germany", "Core", 140, 3500, 7400),
        new("ES-IBERIA", "Iberia", "Spain", "Growth", 85, 2900, 6600),
        new("IN-WEST", "India West", "India", "Emerging", 95, 2000, 5400),
        new("KE-EAST", "East Africa", "Kenya", "Emerging", 40, 1800, 5200),
        new("SE-NORDIC", "Nordics", "Sweden", "Growth", 75, 3100, 6900),
        new("US-EAST", "United States, East", "United States", "Core", 180, 3600, 7500),
        new("US-WEST", "United States, West", "United States", "Core", 145, 3600, 7500),
    ];

    // Of so many users one has none, or one that nobody knows any more. Not by chance: of few users one would be a large share.
    private const int UsersPerMissingRegion = 128;
    private const int UsersPerUnknownRegion = 256;

    private static readonly int[] WeightsOfNewcomers = [.. All.Select(
        region => region.Class is "Emerging" ? region.Weight * 3 / 2 : region.Weight)];
    private static readonly int[] WeightsOfOthers = [.. All.Select(region => region.Weight)];
    private static readonly int TotalOfNewcomers = WeightsOfNewcomers.Sum();
    private static readonly int TotalOfOthers = WeightsOfOthers.Sum();

    /// <summary>The region of a user: more of those who come live in younger markets than of those who have come.</summary>
    public static int Pick(int user, uint point, bool isNewcomer)
    {
        if (user % UsersPerMissingRegion == UsersPerMissingRegion - 1)
            return user % UsersPerUnknownRegion == UsersPerUnknownRegion - 1 ? UnknownRegion : NoRegion;
        var weights = isNewcomer ? WeightsOfNewcomers : WeightsOfOthers;
        var rest = (int)(((ulong)point * (ulong)(isNewcomer ? TotalOfNewcomers : TotalOfOthers)) >> 32);
        var index = 0;
        while (rest >= weights[index])
            rest -= weights[index++];
        return index;
    }

    /// <summary>Users of younger markets do a little less.</summary>
    public static int AdjustLevel(int level, int region) => region < 0 ? level : All[region].Class switch
    {
        "Core" => level,
        "Growth" => (int)(level * 95L / 100),
        _ => (int)(level * 85L / 100),
    };
}

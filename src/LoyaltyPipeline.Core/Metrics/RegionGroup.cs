using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Metrics;

/// <summary>
/// The region that a user counts for, the same in metrics, in adoption and in views: the own one where REGION_METADATA knows it. A code
/// that it does not know is a text that anybody may have written, and is kept nowhere but with the user.
/// </summary>
internal static class RegionGroup
{
    // What stands for something else is no region.
    private static readonly string[] Reserved = [MetricNames.AllRegions, MetricNames.NoRegion, MetricNames.UnknownRegion];

    /// <summary>SQL of the group.</summary>
    /// <param name="master">Master, or a table with its columns.</param>
    public static string Of(CatalogTable master)
    {
        var (code, name) = (master.SelectOrNull("REGION_CODE"), master.SelectOrNull("REGION_NAME"));
        return $"""
            CASE
                WHEN {code} IS NULL THEN '{MetricNames.NoRegion}'
                WHEN {name} IS NULL OR {code} IN ({SqlText.List(Reserved.Select(SqlText.Quote))}) THEN '{MetricNames.UnknownRegion}'
                ELSE {code}
            END
            """;
    }

    /// <summary>SQL that is true for the groups that are a region.</summary>
    /// <param name="group">SQL of the group.</param>
    public static string IsRegion(string group) => $"{group} NOT IN ({SqlText.List(Reserved.Select(SqlText.Quote))})";

    /// <summary>What stands for a region that is missing or unknown; null where it is known.</summary>
    /// <param name="code">The region of a user.</param>
    /// <param name="name">Its name; null where REGION_METADATA does not know it.</param>
    public static string? Of(string? code, string? name) =>
        code is null ? MetricNames.NoRegion : name is null ? MetricNames.UnknownRegion : null;
}

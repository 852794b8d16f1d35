namespace LoyaltyPipeline.Core.Tests.Truth;

internal static class RegionColumns
{
    /// <summary>Comes after the engagement columns: the segment needs the score.</summary>
    public static MasterRow WithRegion(this MasterRow row, Regions regions)
    {
        var metadata = regions.Metadata(row.RegionCode);
        var thresholds = regions.Thresholds(row.RegionCode);
        return row with
        {
            RegionName = metadata?.RegionName,
            RegionClass = metadata?.RegionClass,
            LowEngagementBelow = thresholds?.LowEngagementBelow,
            HighlyEngagedFrom = thresholds?.HighlyEngagedFrom,
            EngagementSegment = Segment(row.EngagementScore, thresholds),
        };
    }

    private static string Segment(decimal? score, RegionThresholdsRow? thresholds)
    {
        if (score is null || thresholds is null)
            return "Unscored";
        if (score >= thresholds.HighlyEngagedFrom)
            return "Highly Engaged";
        return score < thresholds.LowEngagementBelow ? "Low Engagement" : "Engaged";
    }
}

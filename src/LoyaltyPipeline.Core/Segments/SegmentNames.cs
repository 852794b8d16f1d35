namespace LoyaltyPipeline.Core.Segments;

/// <summary>What segments are called in Master.</summary>
internal static class SegmentNames
{
    private static readonly Dictionary<EngagementSegment, string> Names = new()
    {
        [EngagementSegment.HighlyEngaged] = "Highly Engaged",
        [EngagementSegment.Engaged] = "Engaged",
        [EngagementSegment.LowEngagement] = "Low Engagement",
        [EngagementSegment.Unscored] = "Unscored",
    };

    private static readonly Dictionary<string, EngagementSegment> ByName = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(EngagementSegment segment) => Names[segment];

    public static EngagementSegment Parse(string name) => ByName[name];
}

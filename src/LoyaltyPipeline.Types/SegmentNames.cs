namespace LoyaltyPipeline;

/// <summary>What segments are called in Master, and so wherever one is shown.</summary>
public static class SegmentNames
{
    private static readonly Dictionary<EngagementSegment, string> Names = new()
    {
        [EngagementSegment.HighlyEngaged] = "Highly Engaged",
        [EngagementSegment.Engaged] = "Engaged",
        [EngagementSegment.LowEngagement] = "Low Engagement",
        [EngagementSegment.Unscored] = "Unscored",
    };

    /// <summary>The name of a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>For example <c>Highly Engaged</c>.</returns>
    public static string Of(EngagementSegment segment) => Names[segment];

    /// <summary>The segment of a name.</summary>
    /// <param name="name">The name, as Master has it.</param>
    /// <returns>The segment.</returns>
    public static EngagementSegment Parse(string name) => Names.First(pair => pair.Value == name).Key;

    /// <summary>Reads a segment as people write it.</summary>
    /// <param name="text">For example <c>Highly Engaged</c> or <c>HighlyEngaged</c>, whatever the case.</param>
    /// <param name="segment">The segment.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out EngagementSegment segment)
    {
        foreach (var (known, name) in Names)
        {
            segment = known;
            if (string.Equals(text, name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(text, known.ToString(), StringComparison.OrdinalIgnoreCase))
                return true;
        }

        segment = default;
        return false;
    }
}

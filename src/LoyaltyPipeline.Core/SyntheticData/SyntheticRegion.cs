namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>A region: its metadata, how many users live there, and the thresholds (in hundredths) it starts with.</summary>
internal sealed record SyntheticRegion(
    string Code, string Name, string Country, string Class, int Weight, int LowEngagementBelow, int HighlyEngagedFrom);

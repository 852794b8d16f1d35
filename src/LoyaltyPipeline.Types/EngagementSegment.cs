namespace LoyaltyPipeline;

/// <summary>The engagement segments.</summary>
public enum EngagementSegment
{
    /// <summary>The score reaches the upper threshold of the region.</summary>
    HighlyEngaged,

    /// <summary>The score lies between the thresholds.</summary>
    Engaged,

    /// <summary>The score lies below the lower threshold of the region.</summary>
    LowEngagement,

    /// <summary>The score or the thresholds are missing.</summary>
    Unscored,
}

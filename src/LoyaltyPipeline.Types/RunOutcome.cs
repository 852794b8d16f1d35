namespace LoyaltyPipeline;

/// <summary>What came of a scheduled run as a whole.</summary>
public enum RunOutcome
{
    /// <summary>Nothing is wrong; there may be warnings.</summary>
    Sound,

    /// <summary>A check failed or could not be made, and nothing was delivered.</summary>
    NotSound,

    /// <summary>It ended in an error.</summary>
    Failed,
}

namespace LoyaltyPipeline;

/// <summary>What was removed.</summary>
public enum ClearedKind
{
    /// <summary>A delivery that is no longer needed.</summary>
    Delivery,

    /// <summary>What an interrupted delivery left behind.</summary>
    Leftover,
}

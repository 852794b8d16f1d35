namespace LoyaltyPipeline;

/// <summary>What of an audience is sent.</summary>
public enum DeliveryMode
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>What was added, changed or removed since the consumer was last sent something.</summary>
    Diff,
}

namespace LoyaltyPipeline;

/// <summary>How far a delivery is.</summary>
public enum DeliveryStatus
{
    /// <summary>It is being sent, or was interrupted; nobody sees it.</summary>
    Started,

    /// <summary>Its manifest is there.</summary>
    Published,

    /// <summary>It failed, and what it had sent was removed.</summary>
    Failed,

    /// <summary>It was removed when it was no longer to be kept.</summary>
    Cleared,
}

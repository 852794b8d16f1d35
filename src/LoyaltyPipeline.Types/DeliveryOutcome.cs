namespace LoyaltyPipeline;

/// <summary>What became of a delivery.</summary>
public enum DeliveryOutcome
{
    /// <summary>It was only planned.</summary>
    Planned,

    /// <summary>It was sent.</summary>
    Published,

    /// <summary>It was there already, and nothing was sent.</summary>
    AlreadyThere,
}

namespace LoyaltyPipeline.Core.Delivery.Publishing;

/// <summary>How a delivery that is being made stands at its destination, and so what is to become of it where the run fails.</summary>
internal enum DeliveryStanding
{
    /// <summary>Nobody can see it: what was sent of it is removed.</summary>
    Hidden,

    /// <summary>What lies there was there before, or is somebody else's: it stays.</summary>
    NotOurs,

    /// <summary>Consumers may be reading it, and it is not noted as published: the next run finds out.</summary>
    Uncertain,
}

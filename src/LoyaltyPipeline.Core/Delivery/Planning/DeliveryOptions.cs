using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>What is to be delivered.</summary>
/// <param name="Consumer">To whom, with a destination.</param>
/// <param name="Mode">What of the audience.</param>
/// <param name="AsOf">The day; null for the newest. A day that has not been written stands for the last written one before it.</param>
/// <param name="Force">Whether guards let the delivery pass.</param>
/// <param name="PlanOnly">Whether everything but writing is done.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record DeliveryOptions(
    Consumer Consumer, DeliveryMode Mode = DeliveryMode.Full, DateOnly? AsOf = null, bool Force = false, bool PlanOnly = false,
    LockWait? LockWait = null)
{
    /// <summary>Why what is delivered is not sound; null where nothing says that it is not.</summary>
    public string? NotSound { get; init; }

    /// <summary>The size of a file as the engine writes it.</summary>
    internal long PartBytes { get; init; } = 64L << 20;
}

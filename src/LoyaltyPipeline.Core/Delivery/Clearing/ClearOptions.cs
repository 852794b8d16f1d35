using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Delivery.Clearing;

/// <summary>What is to be removed.</summary>
/// <param name="Consumer">Whose deliveries, with a destination; all segments of it.</param>
/// <param name="OlderThan">Deliveries begun before this day (UTC) are no longer needed.</param>
/// <param name="UnfinishedFor">Unfinished leftovers that have not changed for so long are nobody's any more.</param>
/// <param name="PlanOnly">Whether everything but removing is done.</param>
/// <param name="LockWait">How long to wait for another run; null for not at all.</param>
public sealed record ClearOptions(
    Consumer Consumer, DateOnly OlderThan, TimeSpan UnfinishedFor, bool PlanOnly = false, LockWait? LockWait = null)
{
    /// <summary>
    /// The deliveries that are to go, whenever they were begun, and nothing but them; null for all that are old enough, and leftovers.
    /// </summary>
    public IReadOnlySet<string>? DeliveryIds { get; init; }
}

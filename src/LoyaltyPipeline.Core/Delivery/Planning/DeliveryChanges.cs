namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>How an audience differs from what the consumer has.</summary>
/// <param name="Added">Users the consumer does not have.</param>
/// <param name="Changed">Users of whom the consumer has something else.</param>
/// <param name="Removed">Users the consumer has and is no longer to have.</param>
public sealed record DeliveryChanges(long Added, long Changed, long Removed)
{
    /// <summary>The rows a Diff has.</summary>
    public long Rows => Added + Changed + Removed;
}

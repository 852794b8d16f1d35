using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Delivery.Log;

/// <summary>
/// Keeps who was sent to whom. What a delivery adds and removes is written under its number before its manifest, so that it can be taken
/// back where the manifest never comes to be.
/// </summary>
internal static class DeliveredMembers
{
    public const string Table = "LOYALTY.DELIVERED_MEMBER";

    /// <summary>Makes the users of a delivery what the consumer has, in a transaction.</summary>
    /// <param name="session">The session that has their work table.</param>
    public static async Task WriteAsync(
        IWarehouseSession session, DeliveryRecord delivery, DeliveryUsers users, CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken);
        await AddToAsync(session, delivery, users, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>The same inside a transaction.</summary>
    public static async Task AddToAsync(
        IWarehouseSession session, DeliveryRecord delivery, DeliveryUsers users, CancellationToken cancellationToken)
    {
        var (feedId, number, changes) = (delivery.FeedId, delivery.SequenceNumber, users.Changes);
        if (changes.Changed + changes.Removed > 0)
            await session.ExecuteAsync(DeliverySql.CloseMembers, [number, feedId], cancellationToken);
        if (changes.Added + changes.Changed > 0)
            await session.ExecuteAsync(DeliverySql.AddMembers(feedId, number, changes.Added == users.Audience), cancellationToken);
    }

    /// <summary>Takes back what a delivery has written. Inside a transaction.</summary>
    public static async Task RevertAsync(IWarehouseSession session, DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        long[] parameters = [delivery.FeedId, delivery.SequenceNumber];
        await session.ExecuteAsync(
            $"DELETE FROM {Table} WHERE FEED_ID = ? AND ADDED_IN = ?", [.. parameters], cancellationToken);
        await session.ExecuteAsync(
            $"UPDATE {Table} SET REMOVED_IN = NULL WHERE FEED_ID = ? AND REMOVED_IN = ?", [.. parameters], cancellationToken);
    }
}

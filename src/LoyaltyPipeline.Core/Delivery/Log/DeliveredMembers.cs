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

    /// <summary>Makes the staged users what the consumer has. Inside a transaction.</summary>
    /// <param name="session">The session that has the stage.</param>
    /// <param name="stage">The stage, compared with what the consumer has: where it has nothing, there is nothing to look up.</param>
    public static async Task WriteAsync(
        IWarehouseSession session, long feedId, long number, DeliveryUsers stage, CancellationToken cancellationToken)
    {
        if (stage.Changes.Changed + stage.Changes.Removed > 0)
            await CloseAsync(session, feedId, number, cancellationToken);
        if (stage.Changes.Added + stage.Changes.Changed == 0)
            return;
        var isNew = stage.Changes.Added == stage.Audience.Users
            ? string.Empty
            : $" WHERE NOT EXISTS (SELECT 1 FROM {Table} AS d WHERE d.FEED_ID = {feedId} AND d.REMOVED_IN IS NULL AND d.USER_ID = s.USER_ID)";
        await session.ExecuteAsync(
            $"INSERT INTO {Table} (FEED_ID, USER_ID, ROW_HASH, ADDED_IN) SELECT {feedId}, s.USER_ID, s.ROW_HASH, {number} FROM ({DeliveryUsers.Sent}) AS s{isNew}", cancellationToken);
    }

    /// <summary>Takes back what a delivery has written. Inside a transaction.</summary>
    public static async Task RevertAsync(IWarehouseSession session, long feedId, long number, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM {Table} WHERE FEED_ID = ? AND ADDED_IN = ?", [feedId, number], cancellationToken);
        await session.ExecuteAsync(
            $"UPDATE {Table} SET REMOVED_IN = NULL WHERE FEED_ID = ? AND REMOVED_IN = ?", [feedId, number], cancellationToken);
    }

    /// <summary>SQL of what a delivery changes: USER_ID and CHANGE, which is added, changed or removed.</summary>
    public static string ChangesOf(long feedId, long number) =>
        $"""
        SELECT USER_ID, CASE WHEN COUNT_IF(ADDED_IN = {number}) = 0 THEN 'removed' WHEN COUNT(*) = 1 THEN 'added' ELSE 'changed' END AS {DeliveryForm.Change}
        FROM {Table} WHERE FEED_ID = {feedId} AND (ADDED_IN = {number} OR REMOVED_IN = {number}) GROUP BY USER_ID
        """;

    private static Task CloseAsync(
        IWarehouseSession session, long feedId, long number, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        UPDATE {Table} SET REMOVED_IN = ? WHERE FEED_ID = ? AND REMOVED_IN IS NULL
        AND NOT EXISTS (SELECT 1 FROM ({DeliveryUsers.Sent}) AS s WHERE s.USER_ID = DELIVERED_MEMBER.USER_ID AND s.ROW_HASH = DELIVERED_MEMBER.ROW_HASH)
        """,
        [number, feedId],
        cancellationToken);
}

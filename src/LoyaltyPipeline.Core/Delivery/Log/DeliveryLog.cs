using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Delivery.Log;

/// <summary>Writes the log of deliveries: DELIVERY, DELIVERY_FILE and, with them, DELIVERED_MEMBER.</summary>
internal static class DeliveryLog
{
    public const string Table = "LOYALTY.DELIVERY";
    public const string FileTable = "LOYALTY.DELIVERY_FILE";

    /// <summary>What deliveries read and write besides Master and History.</summary>
    public static readonly string[] Tables = [Table, FileTable, DeliveredMembers.Table, Suppressed.Table];

    /// <summary>The number of the next delivery.</summary>
    public static async Task<long> NextNumberAsync(IWarehouseSession session, CancellationToken cancellationToken) =>
        1 + await session.CountAsync($"SELECT MAX(SEQUENCE_NUMBER) FROM {Table}", cancellationToken);

    /// <summary>What a feed was last sent.</summary>
    /// <returns>The delivery; null where there was none.</returns>
    public static async Task<DeliveryRecord?> NewestAsync(IWarehouseSession session, long feedId, CancellationToken cancellationToken) =>
        (await DeliveryReader.ReadAsync(
            session, new SqlFilter().And("FEED_ID = ?", feedId).And("STATUS = ?", DeliveryStatus.Published.ToString()), last: 1,
            StoredRows.Demanded, cancellationToken)).SingleOrDefault();

    /// <summary>Deliveries to a consumer at a destination that were begun and not ended.</summary>
    public static Task<IReadOnlyList<DeliveryRecord>> UnfinishedAsync(
        IWarehouseSession session, string consumer, string destination, CancellationToken cancellationToken) => DeliveryReader.ReadAsync(
        session,
        new SqlFilter().And("LOWER(CONSUMER) = LOWER(?)", consumer).And("DESTINATION = ?", destination)
            .And("STATUS = ?", DeliveryStatus.Started.ToString()),
        last: null,
        StoredRows.Demanded,
        cancellationToken);

    /// <summary>Says that a delivery begins, so that whatever it leaves behind is known.</summary>
    public static Task StartAsync(
        IWarehouseSession session, DeliveryRecord delivery, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        INSERT INTO {Table} (
            SEQUENCE_NUMBER, DELIVERY_ID, RUN_ID, STATUS, FEED_ID, CONSUMER, SEGMENT, DESTINATION, FOLDER, DELIVERY_MODE, RUN_DATE,
            MERGE_RUN_ID, BASE_ID, IS_BACKFILL, FORM_SHA256, AUDIENCE, ROW_COUNT, FILE_COUNT, BYTES, ADDED, CHANGED, REMOVED,
            NO_CONSENT, CLOSED_ACCOUNT, SUSPENDED_ACCOUNT, SUPPRESSED, FORCED, GUARDS, STARTED_AT)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            delivery.SequenceNumber, delivery.DeliveryId, delivery.RunId, DeliveryStatus.Started.ToString(), delivery.FeedId,
            delivery.Consumer, delivery.EngagementSegment.ToString(), delivery.Destination,
            delivery.Folder, delivery.Mode.ToString(), delivery.Day, delivery.MergeRunId, delivery.BaseDeliveryId, delivery.IsBackfill,
            delivery.FormSha256, delivery.Audience,
            delivery.Added, delivery.Changed, delivery.Removed, delivery.LeftOut.NoConsent, delivery.LeftOut.ClosedAccount,
            delivery.LeftOut.SuspendedAccount, delivery.LeftOut.Suppressed,
            delivery.Forced, delivery.Guards, delivery.StartedAt,
        ],
        cancellationToken);

    /// <summary>Says that a delivery is published, and measures it. Inside a transaction.</summary>
    public static async Task PublishAsync(
        IWarehouseSession session, DeliveryRecord delivery, DeliveryManifest manifest, string manifestSha256, DateTime at,
        CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"""
            UPDATE {Table} SET STATUS = ?, ROW_COUNT = ?, FILE_COUNT = ?, BYTES = ?, PUBLISHED_AT = ?, MANIFEST_SHA256 = ?
            WHERE SEQUENCE_NUMBER = ?
            """,
            [DeliveryStatus.Published.ToString(), manifest.Rows, manifest.Files.Count, manifest.Files.Sum(file => file.Bytes), at,
                manifestSha256, delivery.SequenceNumber],
            cancellationToken);
        for (var index = 0; index < manifest.Files.Count; index++)
        {
            var file = manifest.Files[index];
            await session.ExecuteAsync(
                $"INSERT INTO {FileTable} (SEQUENCE_NUMBER, FILE_NUMBER, FILE_NAME, ROW_COUNT, BYTES, SHA256) VALUES (?, ?, ?, ?, ?, ?)",
                [delivery.SequenceNumber, index + 1, file.Name, file.Rows, file.Bytes, file.Sha256],
                cancellationToken);
        }

        // Not of a backfill: whom it is sent to follows from an old day and from who consents and is suppressed now, so it says nothing of
        // what was usual then.
        if (!delivery.IsBackfill)
            await MetricLog.ReplaceAsync(
                session, delivery.Day, MetricNames.DeliveryRowsOf(delivery.Consumer, delivery.EngagementSegment), delivery.Audience,
                cancellationToken);
    }

    /// <summary>Says that a delivery failed, and takes back who it was to bring.</summary>
    public static async Task FailAsync(IWarehouseSession session, DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken);
        await DeliveredMembers.RevertAsync(session, delivery, cancellationToken);
        await session.ExecuteAsync(
            $"UPDATE {Table} SET STATUS = ? WHERE SEQUENCE_NUMBER = ?", [DeliveryStatus.Failed.ToString(), delivery.SequenceNumber],
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>Says that a delivery was removed from its destination.</summary>
    public static Task ClearAsync(
        IWarehouseSession session, string destination, string folder, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"UPDATE {Table} SET STATUS = ? WHERE DESTINATION = ? AND FOLDER = ? AND STATUS = ?",
        [DeliveryStatus.Cleared.ToString(), destination, folder, DeliveryStatus.Published.ToString()],
        cancellationToken);

    /// <summary>
    /// What was removed from a destination, or begun to be. What is in such a folder and was there when the delivery was published belongs
    /// to it; what came later is another's.
    /// </summary>
    /// <returns>When the delivery was published (UTC), by its folder.</returns>
    public static async Task<IReadOnlyDictionary<string, DateTime?>> ClearedAsync(
        IWarehouseSession session, string destination, CancellationToken cancellationToken) =>
        (await session.ListAsync(
            $"SELECT FOLDER, MAX(PUBLISHED_AT) FROM {Table} WHERE DESTINATION = ? AND STATUS = ? GROUP BY FOLDER",
            [destination, DeliveryStatus.Cleared.ToString()],
            row => (Folder: row.GetString(0), PublishedAt: row.TimeAt(1)),
            cancellationToken)).ToDictionary(delivery => delivery.Folder, delivery => delivery.PublishedAt, StringComparer.Ordinal);
}

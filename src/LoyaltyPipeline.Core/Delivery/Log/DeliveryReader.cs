using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Delivery.Log;

/// <summary>Reads the log of deliveries.</summary>
public static class DeliveryReader
{
    /// <summary>The log.</summary>
    internal static readonly StoredTable Table = new(DeliveryLog.Table, KeyColumns: 1);

    private static readonly StoredTable FileTable = new(DeliveryLog.FileTable, KeyColumns: 2);

    /// <summary>Reads deliveries, the newest first.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="reporter">Hears of each row of the log that cannot be read, as <c>LogRowUnreadable</c>.</param>
    /// <returns>The deliveries with their files.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<DeliveryRecord>> ReadAsync(
        IWarehouse warehouse, DeliveryQuery query, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, DeliveryLog.Tables);
        var filter = new SqlFilter()
            .AndIn("CONSUMER", query.Consumers)
            .AndIn("DELIVERY_ID", query.DeliveryIds)
            .AndIn("RUN_ID", query.RunIds)
            .AndIn("STATUS", query.Statuses?.Select(status => status.ToString()).ToList());
        return await ReadAsync(session, filter, query.Last, reporter.Unreadable, cancellationToken);
    }

    /// <summary>Finds the consumers that were delivered to.</summary>
    /// <param name="names">Names and patterns of them.</param>
    /// <param name="configured">The names of those that are configured, delivered to or not.</param>
    /// <param name="reporter">Hears of each name that is neither in the log nor configured, as <c>ConsumerUnknown</c>.</param>
    /// <returns>The consumers as the log writes them.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<string>> FindConsumersAsync(
        IWarehouse warehouse, IReadOnlyList<string> names, IEnumerable<string> configured, IRunReporter reporter,
        CancellationToken cancellationToken)
    {
        var served = await ValuesAsync(warehouse, "CONSUMER", cancellationToken);
        foreach (var name in NameMatch.Of(names, [.. served, .. configured]).Missing)
        {
            reporter.NotFound(LoyaltyErrors.ConsumerUnknown.Because(
                $"Nothing was ever delivered to {name}, and no consumer of that name is configured; there are {string.Join(", ", configured)}.", name));
        }

        return NameMatch.Of(names, served).Found;
    }

    /// <summary>Finds deliveries by their ids.</summary>
    /// <param name="names">Ids and patterns of them.</param>
    /// <param name="reporter">Hears of each id that no delivery has, as <c>DeliveryNotFound</c>.</param>
    /// <returns>The ids of the deliveries that there are.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<string>> FindIdsAsync(
        IWarehouse warehouse, IReadOnlyList<string> names, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var match = NameMatch.Of(names, await ValuesAsync(warehouse, "DELIVERY_ID", cancellationToken));
        foreach (var id in match.Missing)
            reporter.NotFound(
                LoyaltyErrors.DeliveryNotFound.Because(
                    $"The log has no delivery {id}.", id, "List the deliveries with Get-SegmentDelivery."));
        return match.Found;
    }

    private static async Task<IReadOnlyList<string>> ValuesAsync(IWarehouse warehouse, string column, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, DeliveryLog.Tables);
        return await session.ListAsync(
            $"SELECT DISTINCT {column} FROM {DeliveryLog.Table} WHERE {column} IS NOT NULL", [], reader => reader.GetString(0),
            cancellationToken);
    }

    /// <summary>Reads the deliveries that meet a condition, the newest first.</summary>
    internal static async Task<IReadOnlyList<DeliveryRecord>> ReadAsync(
        IWarehouseSession session, SqlFilter filter, int? last, Action<LoyaltyException> unreadable, CancellationToken cancellationToken)
    {
        var deliveries = await session.ListAsync(
            Table,
            $"""
            SELECT SEQUENCE_NUMBER, DELIVERY_ID, RUN_ID, STATUS, FEED_ID, CONSUMER, SEGMENT, DESTINATION, FOLDER, DELIVERY_MODE,
                RUN_DATE, MERGE_RUN_ID, BASE_ID, IS_BACKFILL, FORM_SHA256, AUDIENCE, ROW_COUNT, BYTES, ADDED, CHANGED, REMOVED,
                NO_CONSENT, CLOSED_ACCOUNT, SUSPENDED_ACCOUNT, SUPPRESSED, FORCED, GUARDS, STARTED_AT, PUBLISHED_AT, MANIFEST_SHA256
            FROM {DeliveryLog.Table}{filter} ORDER BY SEQUENCE_NUMBER DESC{(last is { } count ? $" LIMIT {count}" : string.Empty)}
            """,
            filter.Values,
            Read,
            unreadable,
            cancellationToken);
        if (deliveries.Count == 0)
            return deliveries;
        var files = (await session.ListAsync(
            FileTable,
            $"""
            SELECT SEQUENCE_NUMBER, FILE_NUMBER, FILE_NAME, ROW_COUNT, BYTES, SHA256
            FROM {DeliveryLog.FileTable}
            WHERE SEQUENCE_NUMBER BETWEEN ? AND ?
            ORDER BY SEQUENCE_NUMBER, FILE_NUMBER
            """,
            [deliveries[^1].SequenceNumber, deliveries[0].SequenceNumber],
            row => (
                Number: row.Whole(0),
                File: new ManifestFile { Name = row.Text(2), Rows = row.Whole(3), Bytes = row.Whole(4), Sha256 = row.Text(5) }),
            unreadable,
            cancellationToken)).ToLookup(file => file.Number, file => file.File);
        foreach (var delivery in deliveries)
            delivery.Files = [.. files[delivery.SequenceNumber]];
        return deliveries;
    }

    private static DeliveryRecord Read(StoredRow row) => new()
    {
        SequenceNumber = row.Whole(0),
        DeliveryId = row.Text(1),
        RunId = row.Text(2),
        Status = row.Word<DeliveryStatus>(3),
        FeedId = row.Whole(4),
        Consumer = row.Text(5),
        EngagementSegment = row.Word<EngagementSegment>(6),
        Destination = row.Text(7),
        Folder = row.Text(8),
        Mode = row.Word<DeliveryMode>(9),
        Day = row.Day(10),
        MergeRunId = row.Text(11),
        BaseDeliveryId = row.TextOrNull(12),
        IsBackfill = row.Flag(13),
        FormSha256 = row.Text(14),
        Audience = row.Whole(15),
        Rows = row.Whole(16),
        Bytes = row.Whole(17),
        Added = row.Whole(18),
        Changed = row.Whole(19),
        Removed = row.Whole(20),
        LeftOut = new LeftOutCounts
        {
            NoConsent = row.Whole(21),
            ClosedAccount = row.Whole(22),
            SuspendedAccount = row.Whole(23),
            Suppressed = row.Whole(24),
        },
        Forced = row.Flag(25),
        Guards = row.TextOrNull(26),
        StartedAt = row.Time(27),
        PublishedAt = row.TimeOrNull(28),
        ManifestSha256 = row.TextOrNull(29),
    };
}

using System.Data.Common;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Segments;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Delivery.Log;

/// <summary>Reads the log of deliveries.</summary>
public static class DeliveryReader
{
    /// <summary>Reads deliveries, the newest first.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The deliveries with their files.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<DeliveryRecord>> ReadAsync(IWarehouse warehouse, DeliveryQuery query, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, DeliveryLog.Tables);
        var filter = new SqlFilter()
            .AndIn("CONSUMER", query.Consumers)
            .AndIn("DELIVERY_ID", query.DeliveryIds)
            .And("STATUS = ?", query.Status?.ToString());
        return await ReadAsync(session, filter, query.Last, cancellationToken);
    }

    /// <summary>Finds the consumers that were delivered to.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="names">Names and patterns of them.</param>
    /// <param name="configured">The names of those that are configured, delivered to or not.</param>
    /// <param name="reporter">Hears of each name that is neither in the log nor configured, as <c>ConsumerUnknown</c>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The consumers as the log writes them.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<string>> FindConsumersAsync(
        IWarehouse warehouse, IReadOnlyList<string> names, IEnumerable<string> configured, IRunReporter reporter, CancellationToken cancellationToken)
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
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="names">Ids and patterns of them.</param>
    /// <param name="reporter">Hears of each id that no delivery has, as <c>DeliveryNotFound</c>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The ids of the deliveries that there are.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<string>> FindIdsAsync(IWarehouse warehouse, IReadOnlyList<string> names, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var match = NameMatch.Of(names, await ValuesAsync(warehouse, "DELIVERY_ID", cancellationToken));
        foreach (var id in match.Missing)
            reporter.NotFound(LoyaltyErrors.DeliveryNotFound.Because($"The log has no delivery {id}.", id, "List the deliveries with Get-SegmentDelivery."));
        return match.Found;
    }

    private static async Task<IReadOnlyList<string>> ValuesAsync(IWarehouse warehouse, string column, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, DeliveryLog.Tables);
        return await session.ListAsync($"SELECT DISTINCT {column} FROM {DeliveryLog.Table}", [], reader => reader.GetString(0), cancellationToken);
    }

    /// <summary>Reads the deliveries that meet a condition, the newest first.</summary>
    internal static async Task<IReadOnlyList<DeliveryRecord>> ReadAsync(IWarehouseSession session, SqlFilter filter, int? last, CancellationToken cancellationToken)
    {
        var deliveries = await session.ListAsync(
            $"""
            SELECT SEQUENCE_NUMBER, DELIVERY_ID, RUN_ID, STATUS, FEED_ID, CONSUMER, SEGMENT, DESTINATION, FOLDER, DELIVERY_MODE, RUN_DATE, MERGE_RUN_ID, BASE_ID, IS_BACKFILL, FORM_SHA256,
                AUDIENCE, ROW_COUNT, BYTES, ADDED, CHANGED, REMOVED, NO_CONSENT, CLOSED_ACCOUNT, SUSPENDED_ACCOUNT, SUPPRESSED, FORCED, GUARDS, STARTED_AT, PUBLISHED_AT, MANIFEST_SHA256
            FROM {DeliveryLog.Table}{filter} ORDER BY SEQUENCE_NUMBER DESC{(last is { } count ? $" LIMIT {count}" : string.Empty)}
            """,
            filter.Values,
            Read,
            cancellationToken);
        if (deliveries.Count == 0)
            return deliveries;
        var files = (await session.ListAsync(
            $"SELECT SEQUENCE_NUMBER, FILE_NAME, ROW_COUNT, BYTES, SHA256 FROM {DeliveryLog.FileTable} WHERE SEQUENCE_NUMBER BETWEEN ? AND ? ORDER BY SEQUENCE_NUMBER, FILE_NUMBER",
            [deliveries[^1].SequenceNumber, deliveries[0].SequenceNumber],
            reader => (Number: reader.LongAt(0), File: new ManifestFile { Name = reader.GetString(1), Rows = reader.LongAt(2), Bytes = reader.LongAt(3), Sha256 = reader.GetString(4) }),
            cancellationToken)).ToLookup(row => row.Number, row => row.File);
        foreach (var delivery in deliveries)
            delivery.Files = [.. files[delivery.SequenceNumber]];
        return deliveries;
    }

    private static DeliveryRecord Read(DbDataReader reader) => new()
    {
        SequenceNumber = reader.LongAt(0),
        DeliveryId = reader.GetString(1),
        RunId = reader.GetString(2),
        Status = Enum.Parse<DeliveryStatus>(reader.GetString(3)),
        FeedId = reader.LongAt(4),
        Consumer = reader.GetString(5),
        EngagementSegment = Enum.Parse<EngagementSegment>(reader.GetString(6)),
        Destination = reader.GetString(7),
        Folder = reader.GetString(8),
        Mode = Enum.Parse<DeliveryMode>(reader.GetString(9)),
        Day = reader.DateAt(10)!.Value,
        MergeRunId = reader.GetString(11),
        BaseDeliveryId = reader.TextAt(12),
        IsBackfill = reader.GetBoolean(13),
        FormSha256 = reader.GetString(14),
        Audience = reader.LongAt(15),
        Rows = reader.LongAt(16),
        Bytes = reader.LongAt(17),
        Added = reader.LongAt(18),
        Changed = reader.LongAt(19),
        Removed = reader.LongAt(20),
        LeftOut = new LeftOutCounts { NoConsent = reader.LongAt(21), ClosedAccount = reader.LongAt(22), SuspendedAccount = reader.LongAt(23), Suppressed = reader.LongAt(24) },
        Forced = reader.GetBoolean(25),
        Guards = reader.TextAt(26),
        StartedAt = reader.TimeAt(27)!.Value,
        PublishedAt = reader.TimeAt(28),
        ManifestSha256 = reader.TextAt(29),
    };
}

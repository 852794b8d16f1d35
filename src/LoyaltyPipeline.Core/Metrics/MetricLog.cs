using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Metrics;

/// <summary>Keeps metrics: METRIC. Inside a transaction.</summary>
internal static class MetricLog
{
    public const string Table = "LOYALTY.METRIC";

    private const int RowsAtOnce = 100;

    // What the table holds.
    private const int Decimals = 6;

    /// <summary>Writes what a merge measured, in place of what merges of the day measured before.</summary>
    /// <param name="session">The session.</param>
    /// <param name="day">The day merged.</param>
    /// <param name="values">The figures.</param>
    /// <param name="cancellationToken">Cancels the statement at hand.</param>
    public static async Task WriteMergeAsync(IWarehouseSession session, DateOnly day, IEnumerable<MetricValue> values, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"DELETE FROM {Table} WHERE RUN_DATE = {SqlText.Literal(day)} AND LEFT(METRIC, {MetricNames.DeliveryRowsPrefix.Length}) <> {SqlText.Quote(MetricNames.DeliveryRowsPrefix)}", cancellationToken);
        await InsertAsync(session, day, values, cancellationToken);
    }

    /// <summary>
    /// Writes the audience of a delivery, in place of that of an earlier delivery of the day. Not of a backfill: whom it is sent to follows from an old day and from
    /// who consents and is suppressed now, so it says nothing of what was usual then.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="cancellationToken">Cancels the statement at hand.</param>
    public static async Task WriteDeliveryAsync(IWarehouseSession session, DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        if (delivery.IsBackfill)
            return;
        var metric = MetricNames.DeliveryRowsOf(delivery.Consumer, delivery.EngagementSegment);
        await session.ExecuteAsync($"DELETE FROM {Table} WHERE RUN_DATE = {SqlText.Literal(delivery.Day)} AND METRIC = ?", [metric], cancellationToken);
        await InsertAsync(session, delivery.Day, [new MetricValue(metric, MetricNames.AllRegions, delivery.Audience)], cancellationToken);
    }

    private static async Task InsertAsync(IWarehouseSession session, DateOnly day, IEnumerable<MetricValue> values, CancellationToken cancellationToken)
    {
        foreach (var rows in values.Chunk(RowsAtOnce))
        {
            await session.ExecuteAsync(
                $"INSERT INTO {Table} (RUN_DATE, METRIC, REGION_CODE, VALUE) VALUES {SqlText.List(rows.Select(_ => $"({SqlText.Literal(day)}, ?, ?, ?)"))}",
                [.. rows.SelectMany(row => (object?[])[row.Metric, row.RegionCode, Math.Round(row.Value, Decimals, MidpointRounding.AwayFromZero)])],
                cancellationToken);
        }
    }
}

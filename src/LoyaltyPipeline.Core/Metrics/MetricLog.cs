using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Metrics;

/// <summary>Keeps metrics: METRIC. Inside a transaction.</summary>
internal static class MetricLog
{
    public const string Table = "LOYALTY.METRIC";

    private const int RowsAtOnce = 100;

    // What the table holds.
    private const int Decimals = 6;

    /// <summary>Writes what a merge measured, in place of what merges of the day measured before.</summary>
    /// <param name="day">The day merged.</param>
    public static async Task WriteMergeAsync(
        IWarehouseSession session, DateOnly day, IEnumerable<MetricValue> values, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"""
            DELETE FROM {Table}
            WHERE RUN_DATE = {SqlText.Literal(day)}
                AND LEFT(METRIC, {MetricNames.DeliveryRowsPrefix.Length}) <> {SqlText.Quote(MetricNames.DeliveryRowsPrefix)}
            """,
            cancellationToken);
        await InsertAsync(session, day, values, cancellationToken);
    }

    /// <summary>Writes one figure of a day that concerns all regions, in place of the earlier one.</summary>
    public static async Task ReplaceAsync(
        IWarehouseSession session, DateOnly day, string metric, decimal value, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"DELETE FROM {Table} WHERE RUN_DATE = {SqlText.Literal(day)} AND METRIC = ?", [metric], cancellationToken);
        await InsertAsync(session, day, [new MetricValue(metric, MetricNames.AllRegions, value)], cancellationToken);
    }

    private static async Task InsertAsync(
        IWarehouseSession session, DateOnly day, IEnumerable<MetricValue> values, CancellationToken cancellationToken)
    {
        foreach (var rows in values.Chunk(RowsAtOnce))
        {
            var places = SqlText.List(rows.Select(_ => $"({SqlText.Literal(day)}, ?, ?, ?)"));
            await session.ExecuteAsync(
                $"INSERT INTO {Table} (RUN_DATE, METRIC, REGION_CODE, VALUE) VALUES {places}",
                [.. rows.SelectMany(
                    row => (object?[])[row.Metric, row.RegionCode, Math.Round(row.Value, Decimals, MidpointRounding.AwayFromZero)])],
                cancellationToken);
        }
    }
}

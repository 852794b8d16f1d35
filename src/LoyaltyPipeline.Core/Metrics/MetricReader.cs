using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity.Anomalies;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Metrics;

/// <summary>Reads metrics.</summary>
public static class MetricReader
{
    /// <summary>Reads all metrics of some days.</summary>
    /// <param name="session">The session.</param>
    /// <param name="first">The first day to read.</param>
    /// <param name="last">The last day to read.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The series, by metric and region.</returns>
    /// <exception cref="LoyaltyException"><c>QueryFailed</c>: for one, the warehouse has no METRIC.</exception>
    public static async Task<IReadOnlyList<MetricSeries>> ReadAsync(IWarehouseSession session, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var series = new List<MetricSeries>();
        List<MetricPoint> points = [];
        await using var reader = await session.QueryAsync(
            $"SELECT METRIC, REGION_CODE, RUN_DATE, CAST(VALUE AS DOUBLE) FROM {MetricLog.Table} WHERE RUN_DATE BETWEEN {SqlText.Literal(first)} AND {SqlText.Literal(last)} ORDER BY METRIC, REGION_CODE, RUN_DATE",
            [],
            cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (metric, region) = (reader.GetString(0), reader.GetString(1));
            if (series.Count == 0 || series[^1].Metric != metric || series[^1].RegionCode != region)
            {
                points = [];
                series.Add(new MetricSeries(metric, region, points));
            }

            points.Add(new MetricPoint(reader.DateAt(2)!.Value, reader.GetDouble(3)));
        }

        return series;
    }
}

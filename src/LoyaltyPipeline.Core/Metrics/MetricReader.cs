using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Metrics;

/// <summary>Reads metrics.</summary>
public static class MetricReader
{
    private static readonly StoredTable Table = new(MetricLog.Table, KeyColumns: 3);

    /// <summary>
    /// Reads all metrics of some days. A row that cannot be read, or a figure that is there twice, is told of and left out.
    /// </summary>
    /// <param name="first">The first day to read.</param>
    /// <param name="last">The last day to read.</param>
    /// <param name="regions">Of how many regions, those that have most users on the last day, beside all together; null for all of
    /// them.</param>
    /// <returns>The series, and what could not be read.</returns>
    /// <exception cref="LoyaltyException"><c>QueryFailed</c>: for one, the warehouse has no METRIC.</exception>
    public static async Task<MetricReading> ReadAsync(
        IWarehouseSession session, DateOnly first, DateOnly last, int? regions, CancellationToken cancellationToken)
    {
        var largest = regions is { } count
            ? $"""
               AND (REGION_CODE = '{MetricNames.AllRegions}' OR REGION_CODE IS NULL OR REGION_CODE IN (
                  SELECT REGION_CODE
                  FROM {MetricLog.Table}
                  WHERE METRIC = '{MetricNames.Users}' AND RUN_DATE = {SqlText.Literal(last)} AND REGION_CODE <> '{MetricNames.AllRegions}'
                  ORDER BY VALUE DESC NULLS LAST, REGION_CODE
                  LIMIT {count}))
              """
            : string.Empty;
        var series = new List<MetricSeries>();
        var unreadable = new List<(string? Metric, LoyaltyException Failure)>();
        List<MetricPoint> points = [];
        await using var reader = await session.QueryAsync(
            $"""
            SELECT METRIC, REGION_CODE, RUN_DATE, CAST(VALUE AS DOUBLE) AS VALUE
            FROM {MetricLog.Table}
            WHERE (RUN_DATE BETWEEN {SqlText.Literal(first)} AND {SqlText.Literal(last)} OR RUN_DATE IS NULL){largest}
            ORDER BY METRIC, REGION_CODE, RUN_DATE
            """,
            [],
            cancellationToken);
        var row = new StoredRow(reader, Table);
        DateOnly? twice = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            try
            {
                var (metric, region, day, value) = (row.Text(0), row.Text(1), row.Day(2), row.Real(3));
                if (series.Count == 0 || series[^1].Metric != metric || series[^1].RegionCode != region)
                {
                    (points, twice) = ([], null);
                    series.Add(new MetricSeries(metric, region, points));
                }

                if (day == twice)
                    continue;
                if (points.Count > 0 && points[^1].Day == day)
                {
                    // Which of them is right, nobody knows.
                    points.RemoveAt(points.Count - 1);
                    twice = day;
                    throw LoyaltyErrors.LogRowUnreadable.Because(
                        $"{MetricLog.Table} has the figure {metric} of {region} on {day:yyyy-MM-dd} more than once.", MetricLog.Table);
                }

                points.Add(new MetricPoint(day, value));
            }
            catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.LogRowUnreadable)
            {
                unreadable.Add((reader.TextAt(0), failure));
            }
        }

        // Of a figure that was there twice and nothing else, nothing is left.
        series.RemoveAll(one => one.Points.Count == 0);
        return new MetricReading(series, unreadable);
    }
}

using System.Data.Common;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// Measures what a merge has written, inside its transaction. The users are read in one pass; what concerns all regions is added up here.
/// </summary>
/// <param name="master">The Master table.</param>
internal sealed class MergeMetrics(IWarehouseSession session, CatalogTable master, SnapshotDay day)
{
    private static readonly EngagementSegment[] Segments = Enum.GetValues<EngagementSegment>();

    private readonly IReadOnlyList<CatalogColumn> _nullable = MetricNames.NullableColumns(master);

    /// <summary>Writes the metrics of the day.</summary>
    /// <param name="sources">The sources, judged.</param>
    /// <param name="seconds">How long the run has taken so far.</param>
    public async Task WriteAsync(IReadOnlyList<JudgedSource> sources, double seconds, CancellationToken cancellationToken)
    {
        var regions = await ReadAsync(cancellationToken);
        var all = regions.Aggregate(Nobody(MetricNames.AllRegions), (sum, region) => sum.Plus(region));
        var values = new List<MetricValue>
        {
            Total(MetricNames.Quarantined, sources.Sum(source => source.Log.RowsQuarantined)),
            Total(MetricNames.RunSeconds, (decimal)seconds),
        };
        values.AddRange(regions.Append(all).SelectMany(UsersOf));
        values.AddRange(NullShares(all));
        values.AddRange(sources.Select(source => Total(MetricNames.SourceRowsOf(source.Table), source.RowsOfDay)));
        values.AddRange(sources.Select(source => Total(MetricNames.QuarantinedOf(source.Table), source.Log.RowsQuarantined)));
        await MetricLog.WriteMergeAsync(session, day.Day, values, cancellationToken);
    }

    private static MetricValue Total(string metric, decimal value) => new(metric, MetricNames.AllRegions, value);

    private static IEnumerable<MetricValue> UsersOf(RegionFigures region)
    {
        yield return new MetricValue(MetricNames.Users, region.RegionCode, region.Users);
        foreach (var (segment, users) in Segments.Zip(region.BySegment))
            yield return new MetricValue(MetricNames.UsersOf(segment), region.RegionCode, users);
        if (region.Scored > 0)
            yield return new MetricValue(MetricNames.MeanScore, region.RegionCode, region.Scores / region.Scored);
    }

    // Of nobody there is no share.
    private IEnumerable<MetricValue> NullShares(RegionFigures all) => all.Users == 0
        ? []
        : _nullable.Zip(all.Filled, (column, filled) => Total(MetricNames.NullShareOf(column), (all.Users - filled) / (decimal)all.Users));

    private async Task<IReadOnlyList<RegionFigures>> ReadAsync(CancellationToken cancellationToken)
    {
        var (region, score) = (RegionGroup.Of(master), master.SelectOrNull("ENGAGEMENT_SCORE", "DECIMAL(5,2)"));
        string[] figures = ["COUNT(*)", $"COUNT({score})", $"SUM({score})", .. _nullable.Select(column => $"COUNT({column.Name})")];
        var groups = await session.ListAsync(
            $"""
            SELECT {region}, ENGAGEMENT_SEGMENT, {SqlText.List(figures)}
            FROM {MasterBuild.Stored(master, day)} AS m
            GROUP BY {region}, ENGAGEMENT_SEGMENT
            """,
            [],
            Read,
            cancellationToken);
        return [.. groups.GroupBy(group => group.RegionCode, StringComparer.Ordinal)
            .Select(group => group.Aggregate((one, another) => one.Plus(another)))];
    }

    private RegionFigures Read(DbDataReader reader)
    {
        const int FirstColumn = 5;
        var (segment, users) = (reader.TextAt(1), reader.LongAt(2));
        return new RegionFigures(
            reader.GetString(0),
            users,
            [.. Segments.Select(one => SegmentNames.Of(one) == segment ? users : 0)],
            reader.LongAt(3),
            reader.IsDBNull(4) ? 0 : reader.GetDecimal(4),
            [.. Enumerable.Range(FirstColumn, _nullable.Count).Select(reader.LongAt)]);
    }

    private RegionFigures Nobody(string region) => new(region, 0, new long[Segments.Length], 0, 0, new long[_nullable.Count]);
}

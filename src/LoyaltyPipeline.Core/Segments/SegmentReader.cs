using System.Data.Common;
using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Segments;

/// <summary>Reads the members of segments from Master.</summary>
public static class SegmentReader
{
    /// <summary>Reads members by user id.</summary>
    /// <param name="query">Which members.</param>
    /// <returns>The members, as they are read.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async IAsyncEnumerable<SegmentMember> ReadAsync(
        IWarehouse warehouse, SegmentQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var filter = new SqlFilter()
            .And("ENGAGEMENT_SEGMENT = ?", query.Segment is { } segment ? SegmentNames.Of(segment) : null)
            .AndIn(
                "REGION_CODE",
                query.Regions is { Count: > 0 } regions ? await FindRegionsAsync(session, regions, cancellationToken) : null);
        var limit = query.First is { } first ? $" LIMIT {first}" : string.Empty;
        await using var reader = await session.QueryAsync(
            $"""
            SELECT USER_ID, ENGAGEMENT_SEGMENT, ENGAGEMENT_SCORE, ENGAGEMENT_SCORE_DATE, REGION_CODE, ACCOUNT_TYPE,
                ACCOUNT_STATUS, MARKETING_CONSENT, LAST_ACTIVITY_AT
            FROM LOYALTY.MASTER{filter}
            ORDER BY USER_ID{limit}
            """,
            filter.Values,
            cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return Read(reader);
    }

    /// <summary>Looks for regions that are named in full and that no user of Master is in.</summary>
    /// <param name="regions">Codes and names of regions, and patterns of them.</param>
    /// <param name="reporter">Hears of each, as <c>RegionNotFound</c>.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task ReportMissingAsync(
        IWarehouse warehouse, IReadOnlyList<string> regions, IRunReporter reporter, CancellationToken cancellationToken)
    {
        if (regions.All(NameMatch.IsPattern))
            return;
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var known = (await RegionsAsync(session, cancellationToken)).SelectMany(region => (string?[])[region.Code, region.Name])
            .Append(MetricNames.NoRegion).Append(MetricNames.UnknownRegion).OfType<string>();
        foreach (var region in NameMatch.Of(regions, [.. known]).Missing)
            reporter.NotFound(LoyaltyErrors.RegionNotFound.Because($"No user of Master is in a region {region}.", region));
    }

    private static Task<IReadOnlyList<(string? Code, string? Name)>> RegionsAsync(
        IWarehouseSession session, CancellationToken cancellationToken) =>
        session.ListAsync(
            "SELECT DISTINCT REGION_CODE, REGION_NAME FROM LOYALTY.MASTER", [], reader => (Code: reader.TextAt(0), Name: reader.TextAt(1)),
            cancellationToken);

    private static async Task<IReadOnlyList<string?>> FindRegionsAsync(
        IWarehouseSession session, IReadOnlyList<string> patterns, CancellationToken cancellationToken)
    {
        var regions = await RegionsAsync(session, cancellationToken);
        return [.. regions
            .Where(region => NamePattern.FitsAny(patterns, region.Code, region.Name ?? RegionGroup.Of(region.Code, region.Name)))
            .Select(region => region.Code).Distinct(StringComparer.Ordinal)];
    }

    private static SegmentMember Read(DbDataReader reader) => new(
        reader.LongAt(0),
        reader.GetString(1),
        reader.IsDBNull(2) ? null : reader.GetDecimal(2),
        Midnight.Of(reader.DateAt(3)),
        reader.TextAt(4),
        reader.GetString(5),
        reader.GetString(6),
        reader.GetBoolean(7),
        reader.TimeAt(8));
}

using System.Data.Common;
using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Segments;

/// <summary>Reads the members of segments from Master.</summary>
public static class SegmentReader
{
    /// <summary>Reads members by user id.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="query">Which members.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The members, as they are read.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async IAsyncEnumerable<SegmentMember> ReadAsync(
        IWarehouse warehouse, SegmentQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var filter = new SqlFilter()
            .And("ENGAGEMENT_SEGMENT = ?", query.Segment is { } segment ? SegmentNames.Of(segment) : null)
            .AndIn("REGION_CODE", query.Regions is { Count: > 0 } regions ? await FindRegionsAsync(session, regions, cancellationToken) : null);
        var limit = query.First is { } first ? $" LIMIT {first}" : string.Empty;
        await using var reader = await session.QueryAsync(
            $"""
            SELECT USER_ID, ENGAGEMENT_SEGMENT, ENGAGEMENT_SCORE, ENGAGEMENT_SCORE_DATE, REGION_CODE, ACCOUNT_TYPE, ACCOUNT_STATUS, MARKETING_CONSENT, LAST_ACTIVITY_AT
            FROM LOYALTY.MASTER{filter} ORDER BY USER_ID{limit}
            """,
            filter.Values,
            cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return Read(reader);
    }

    private static async Task<IReadOnlyList<string?>> FindRegionsAsync(IWarehouseSession session, IReadOnlyList<string> patterns, CancellationToken cancellationToken)
    {
        var regions = await session.ListAsync("SELECT DISTINCT REGION_CODE, REGION_NAME FROM LOYALTY.MASTER", [], reader => (Code: reader.TextAt(0), Name: reader.TextAt(1)), cancellationToken);
        return [.. regions.Where(region => NamePattern.FitsAny(patterns, region.Code, region.Name ?? MetricNames.NoRegion)).Select(region => region.Code).Distinct(StringComparer.Ordinal)];
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

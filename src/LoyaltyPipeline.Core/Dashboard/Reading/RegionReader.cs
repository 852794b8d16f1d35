using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Reads how engaged regions are.</summary>
/// <param name="master">The Master table.</param>
internal sealed class RegionReader(IWarehouseSession session, CatalogTable master)
{
    private static readonly StoredTable View = new("LOYALTY.ENGAGEMENT_BY_REGION", KeyColumns: 1);

    private string Score => master.SelectOrNull("ENGAGEMENT_SCORE", "DECIMAL(5,2)");

    /// <summary>Reads them by region.</summary>
    public Task<IReadOnlyList<RegionEngagement>> ReadAsync(
        Action<LoyaltyException> unreadable, CancellationToken cancellationToken) => session.ListAsync(
        View,
        $"""
        SELECT e.REGION_CODE, e.USERS, e.ACTIVE_USERS, s.SCORED, e.MEAN_SCORE, e.MEDIAN_SCORE, e.SHARE_ABOVE, e.SHARE_BELOW,
            e.CONTACTS_PER_USER, e.RETENTION_RETAINED, e.RETENTION_CHURNED
        FROM LOYALTY.ENGAGEMENT_BY_REGION AS e
        LEFT JOIN (
            SELECT {RegionGroup.Of(master)} AS REGION_CODE, COUNT({Score}) AS SCORED
            FROM {master} AS m
            GROUP BY 1
        ) AS s ON s.REGION_CODE = e.REGION_CODE
        ORDER BY e.REGION_CODE
        """,
        [],
        row => new RegionEngagement(
            row.Text(0), row.Whole(1), row.Whole(2), row.Whole(3), row.NumberOrNull(4), row.NumberOrNull(5), row.NumberOrNull(6),
            row.NumberOrNull(7), row.NumberOrNull(8) ?? 0, row.Whole(9), row.Whole(10)),
        unreadable,
        cancellationToken);
}

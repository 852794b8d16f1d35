using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Reads how engaged regions are.</summary>
/// <param name="session">The session.</param>
internal sealed class RegionReader(IWarehouseSession session)
{
    private static readonly StoredTable View = new("LOYALTY.ENGAGEMENT_BY_REGION", KeyColumns: 1);

    /// <summary>Reads them by region.</summary>
    public Task<IReadOnlyList<RegionEngagement>> ReadAsync(Action<LoyaltyException> unreadable, CancellationToken cancellationToken) => session.ListAsync(
        View,
        """
        SELECT REGION_CODE, USERS, ACTIVE_USERS, MEAN_SCORE, MEDIAN_SCORE, SHARE_ABOVE, SHARE_BELOW, CONTACTS_PER_USER, RETENTION_RETAINED, RETENTION_CHURNED FROM LOYALTY.ENGAGEMENT_BY_REGION
        ORDER BY REGION_CODE
        """,
        [],
        row => new RegionEngagement(
            row.Text(0), row.Whole(1), row.Whole(2), row.NumberOrNull(3), row.NumberOrNull(4), row.NumberOrNull(5), row.NumberOrNull(6), row.NumberOrNull(7) ?? 0, row.Whole(8), row.Whole(9)),
        unreadable,
        cancellationToken);
}

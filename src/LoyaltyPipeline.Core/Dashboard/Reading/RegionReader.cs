using System.Data.Common;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Reads how engaged regions are.</summary>
/// <param name="session">The session.</param>
internal sealed class RegionReader(IWarehouseSession session)
{
    /// <summary>Reads them by region.</summary>
    public Task<IReadOnlyList<RegionEngagement>> ReadAsync(CancellationToken cancellationToken) => session.ListAsync(
        """
        SELECT REGION_CODE, USERS, ACTIVE_USERS, MEAN_SCORE, MEDIAN_SCORE, SHARE_ABOVE, SHARE_BELOW, CONTACTS_PER_USER, RETENTION_RETAINED, RETENTION_CHURNED FROM LOYALTY.ENGAGEMENT_BY_REGION
        ORDER BY REGION_CODE
        """,
        [],
        reader => new RegionEngagement(
            reader.GetString(0), reader.LongAt(1), reader.LongAt(2), NumberAt(reader, 3), NumberAt(reader, 4), NumberAt(reader, 5), NumberAt(reader, 6), NumberAt(reader, 7) ?? 0, reader.LongAt(8), reader.LongAt(9)),
        cancellationToken);

    private static decimal? NumberAt(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDecimal(ordinal);
}

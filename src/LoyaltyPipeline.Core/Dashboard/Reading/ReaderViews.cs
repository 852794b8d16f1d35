using System.Data.Common;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Reads the views made for readers.</summary>
/// <param name="session">The session.</param>
internal sealed class ReaderViews(IWarehouseSession session)
{
    /// <summary>Reads how features are adopted.</summary>
    public Task<IReadOnlyList<FeatureAdoption>> ReadAdoptionAsync(CancellationToken cancellationToken) => session.ListAsync(
        """
        SELECT REGION_CODE, MODULE_NAME, FEATURE_NAME, ADOPTERS, ADOPTION_RATE, ACTIVE_30D, CHANGE_30D, IS_SMALL_REGION FROM LOYALTY.FEATURE_ADOPTION_BY_REGION
        ORDER BY REGION_CODE, MODULE_NAME, FEATURE_NAME
        """,
        [],
        reader => new FeatureAdoption(
            reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.LongAt(3), NumberAt(reader, 4), reader.LongAt(5), reader.LongAt(6), reader.GetBoolean(7)),
        cancellationToken);

    /// <summary>Reads how engaged regions are.</summary>
    public Task<IReadOnlyList<RegionEngagement>> ReadRegionsAsync(CancellationToken cancellationToken) => session.ListAsync(
        """
        SELECT REGION_CODE, USERS, MEAN_SCORE, MEDIAN_SCORE, SHARE_ABOVE, SHARE_BELOW, CONTACTS_PER_USER, RETENTION_RETAINED, RETENTION_CHURNED FROM LOYALTY.ENGAGEMENT_BY_REGION
        ORDER BY REGION_CODE
        """,
        [],
        reader => new RegionEngagement(
            reader.GetString(0), reader.LongAt(1), NumberAt(reader, 2), NumberAt(reader, 3), NumberAt(reader, 4), NumberAt(reader, 5), NumberAt(reader, 6) ?? 0, reader.LongAt(7), reader.LongAt(8)),
        cancellationToken);

    private static decimal? NumberAt(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDecimal(ordinal);
}

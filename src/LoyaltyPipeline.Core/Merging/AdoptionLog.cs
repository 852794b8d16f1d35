using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// Counts adoption by region when a day is merged, inside the merge's transaction: ADOPTION. Counted from the rows that the merge used and
/// for the users whom it wrote, the figures agree with Master, on each engine and wherever the source is kept; counted later, they would
/// follow what came since.
/// </summary>
/// <param name="master">The Master table.</param>
internal sealed class AdoptionLog(IWarehouseSession session, CatalogTable master, SnapshotDay day)
{
    public const string Table = "LOYALTY.ADOPTION";

    private string Tomorrow => SqlText.Literal(day.Day.AddDays(1));

    // The 30 days that end with the day begin here.
    private string Start => SqlText.Literal(day.Day.AddDays(-29));

    /// <summary>Writes what the day counts, in place of what an earlier merge of the day counted.</summary>
    /// <param name="features">The source of adoption, judged; null where the catalog has none.</param>
    public async Task WriteAsync(JudgedSource? features, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM {Table} WHERE RUN_DATE = {SqlText.Literal(day.Day)}", cancellationToken);
        if (features is { Log.RowsUsed: > 0 })
            await session.ExecuteAsync(Insert(features.Accepted), cancellationToken);
    }

    // A subquery in both places: a WITH of its own the engine writes out, row by row, before it counts.
    private string Members =>
        $"""
        (
            SELECT USER_ID, {RegionGroup.Of(master)} AS REGION_CODE,
                {Column("REGION_NAME")} AS REGION_NAME, {Column("REGION_CLASS")} AS REGION_CLASS,
                {Column("ACCOUNT_STATUS")} = 'active' AS IS_ACTIVE
            FROM {MasterBuild.Stored(master, day)} AS s
        )
        """;

    // A region without adopters of a feature has a row too: that nobody uses it is what a reader looks for.
    // USER_ID is never NULL. That it is said once more has DuckDB look Master's users up for the rows of the source, not the other way
    // round: of a source with a condition on time it expects a fifth of the rows.
    private string Insert(string accepted) =>
        $"""
        INSERT INTO {Table}
            (RUN_DATE, REGION_CODE, REGION_NAME, REGION_CLASS, MODULE_NAME, FEATURE_NAME,
            USERS, ACTIVE_USERS, ADOPTERS, ACTIVE_ADOPTERS, ADOPTERS_BEFORE, ACTIVE_30D, USE_COUNT)
        WITH regions AS (
            SELECT REGION_CODE, COUNT(*) AS USERS, COUNT(CASE WHEN IS_ACTIVE THEN 1 END) AS ACTIVE_USERS,
                MAX(CASE WHEN {RegionGroup.IsRegion("REGION_CODE")} THEN REGION_NAME END) AS REGION_NAME,
                MAX(CASE WHEN {RegionGroup.IsRegion("REGION_CODE")} THEN REGION_CLASS END) AS REGION_CLASS
            FROM {Members} AS m GROUP BY REGION_CODE
        ),
        adoption AS (
            SELECT m.REGION_CODE, f.MODULE_NAME, f.FEATURE_NAME,
                COUNT(*) AS ADOPTERS, COUNT(CASE WHEN m.IS_ACTIVE THEN 1 END) AS ACTIVE_ADOPTERS,
                COUNT_IF(f.FIRST_USED_AT < {Start}) AS ADOPTERS_BEFORE,
                COUNT_IF(CASE WHEN f.LAST_USED_AT < {Tomorrow} THEN f.LAST_USED_AT ELSE f.FIRST_USED_AT END >= {Start}) AS ACTIVE_30D,
                SUM(f.USE_COUNT) AS USE_COUNT
            FROM {accepted} AS f INNER JOIN {Members} AS m ON m.USER_ID = f.USER_ID AND m.USER_ID IS NOT NULL
            GROUP BY m.REGION_CODE, f.MODULE_NAME, f.FEATURE_NAME
        ),
        features AS (SELECT DISTINCT MODULE_NAME, FEATURE_NAME FROM adoption)
        SELECT {SqlText.Literal(day.Day)}, r.REGION_CODE, r.REGION_NAME, r.REGION_CLASS, f.MODULE_NAME, f.FEATURE_NAME,
            r.USERS, r.ACTIVE_USERS, COALESCE(a.ADOPTERS, 0), COALESCE(a.ACTIVE_ADOPTERS, 0),
            COALESCE(a.ADOPTERS_BEFORE, 0), COALESCE(a.ACTIVE_30D, 0), COALESCE(a.USE_COUNT, 0)
        FROM regions AS r CROSS JOIN features AS f
        LEFT JOIN adoption AS a ON a.REGION_CODE = r.REGION_CODE AND a.MODULE_NAME = f.MODULE_NAME AND a.FEATURE_NAME = f.FEATURE_NAME
        """;

    private string Column(string name) => master.SelectOrNull(name);
}

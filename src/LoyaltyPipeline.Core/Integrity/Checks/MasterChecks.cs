using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Quality;
using LoyaltyPipeline.Core.Segments;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Whether Master follows from the sources and says what History says.</summary>
/// <param name="catalog">The catalog.</param>
internal sealed class MasterChecks(LoyaltyCatalog catalog)
{
    private const string NoMerge = "no day has been merged yet";

    // The rule of Master_Table.sql, said once more, so that a mistake in either shows.
    private static readonly string Segment =
        $"""
        CASE
            WHEN ENGAGEMENT_SCORE IS NULL OR LOW_ENGAGEMENT_BELOW IS NULL OR HIGHLY_ENGAGED_FROM IS NULL THEN {Name(EngagementSegment.Unscored)}
            WHEN ENGAGEMENT_SCORE >= HIGHLY_ENGAGED_FROM THEN {Name(EngagementSegment.HighlyEngaged)}
            WHEN ENGAGEMENT_SCORE < LOW_ENGAGEMENT_BELOW THEN {Name(EngagementSegment.LowEngagement)}
            ELSE {Name(EngagementSegment.Engaged)}
        END
        """;

    private CatalogTable Master => catalog.Master;

    private CatalogTable Users => catalog.Users;

    /// <summary>The checks of Master.</summary>
    public IEnumerable<Check> All() =>
    [
        .. CatalogChecks.Of(Master, CheckSuite.Master),
        SegmentOf(Master, CheckSuite.Master),
        UsersOfProfiles(),
        ThresholdsOfRegions(),
        OpenVersions(),
        RegionsCovered(),
    ];

    /// <summary>Whether the segment of each row follows from its score and its thresholds.</summary>
    /// <param name="table">Master or History.</param>
    /// <param name="suite">The suite the check belongs to.</param>
    public static Check SegmentOf(CatalogTable table, CheckSuite suite) => new RowCheck(
        new CheckDefinition($"{table}.ENGAGEMENT_SEGMENT.recomputed", suite, table.Name, "ENGAGEMENT_SEGMENT", "the segment does not follow from score and thresholds", CheckThreshold.FailsOnAny),
        table,
        $"ENGAGEMENT_SEGMENT IS DISTINCT FROM {Segment}");

    private QueryCheck UsersOfProfiles() => new(
        Define("users", column: null, "are in Master or among those signed up, but not in both", "users"),
        context => context.Newest is { } merge && context.Has(Users.Name, Users.Columns.Select(column => column.Name))
            ? $"""
              SELECT COALESCE(u.USER_ID, m.USER_ID) AS USER_ID, CASE WHEN m.USER_ID IS NULL THEN 'not in Master' ELSE 'not signed up' END AS FAULT
              FROM (SELECT USER_ID FROM {Winners(context)} AS w WHERE SIGNED_UP_AT < {merge.End}) AS u FULL OUTER JOIN {Master} AS m ON m.USER_ID = u.USER_ID
              WHERE u.USER_ID IS NULL OR m.USER_ID IS NULL
              """
            : null,
        NoMerge,
        "'USER_ID=' || CAST(v.USER_ID AS VARCHAR) || ' ' || v.FAULT",
        context => context.RowsOf(Master.Name),
        new Suspicion(
            context => Digest(context.Locate(Users.Name), $"SIGNED_UP_AT < {context.Newest!.End} AND NOT ({RowRules.Of(Users).AnyBroken})", "USER_ID"),
            context => Digest(context.Locate(Master.Name), condition: null, "USER_ID")));

    // The row of each user that a merge would use.
    private string Winners(CheckContext context) =>
        $"(SELECT * FROM {context.Locate(Users.Name)} WHERE NOT ({RowRules.Of(Users).AnyBroken}) QUALIFY ROW_NUMBER() OVER (PARTITION BY USER_ID ORDER BY {SqlText.List(Users.DecidingColumns().Select(column => $"{column.Name} DESC NULLS LAST"))}) = 1)";

    private QueryCheck ThresholdsOfRegions()
    {
        const string thresholds = "DW_C.REGION_THRESHOLDS";
        return new QueryCheck(
            Define("thresholds", "LOW_ENGAGEMENT_BELOW, HIGHLY_ENGAGED_FROM", "the thresholds are not those of the region on the day", "users"),
            context => context.Newest is { } merge && context.Has(catalog.Table(thresholds).Name, "REGION_CODE", "EFFECTIVE_FROM", "LOW_ENGAGEMENT_BELOW", "HIGHLY_ENGAGED_FROM")
                ? $"""
                  SELECT m.USER_ID FROM {Master} AS m LEFT JOIN (
                      SELECT REGION_CODE, MAX_BY(LOW_ENGAGEMENT_BELOW, EFFECTIVE_FROM) AS LOW, MAX_BY(HIGHLY_ENGAGED_FROM, EFFECTIVE_FROM) AS HIGH FROM {context.Locate(catalog.Table(thresholds).Name)}
                      WHERE EFFECTIVE_FROM < {merge.End} AND NOT ({RowRules.Of(catalog.Table(thresholds)).AnyBroken}) GROUP BY REGION_CODE) AS t ON t.REGION_CODE = m.REGION_CODE
                  WHERE m.LOW_ENGAGEMENT_BELOW IS DISTINCT FROM t.LOW OR m.HIGHLY_ENGAGED_FROM IS DISTINCT FROM t.HIGH
                  """
                : null,
            $"no day has been merged yet, or {thresholds} does not exist",
            "'USER_ID=' || CAST(v.USER_ID AS VARCHAR)",
            context => context.RowsOf(Master.Name));
    }

    private QueryCheck OpenVersions()
    {
        var columns = SqlText.List(Master.Columns.Select(column => column.Name));
        var same = string.Join(" AND ", Master.Columns.Select(column => $"h.{column.Name} IS NOT DISTINCT FROM m.{column.Name}"));
        return new QueryCheck(
            Define("history", column: null, "are not in Master as the open versions of History have them", "users"),
            context => $"""
                SELECT COALESCE(m.USER_ID, h.USER_ID) AS USER_ID FROM {Master} AS m FULL OUTER JOIN (SELECT * FROM LOYALTY.HISTORY WHERE VALID_TO IS NULL) AS h ON h.USER_ID = m.USER_ID
                WHERE m.USER_ID IS NULL OR h.USER_ID IS NULL OR NOT ({same})
                """,
            NoMerge,
            "'USER_ID=' || CAST(v.USER_ID AS VARCHAR)",
            context => context.RowsOf(Master.Name),
            new Suspicion(
                context => Digest(context.Locate(Master.Name), condition: null, columns),
                context => Digest("LOYALTY.HISTORY", "VALID_TO IS NULL", columns)));
    }

    private QueryCheck RegionsCovered()
    {
        var (regions, thresholds) = (catalog.Table("DW_C.REGION_METADATA"), catalog.Table("DW_C.REGION_THRESHOLDS"));
        return new QueryCheck(
            new CheckDefinition($"{regions}.thresholds", CheckSuite.Sources, regions.Name, "REGION_CODE", "the region has no thresholds in effect on the day: its users are Unscored", CheckThreshold.FailsOnAny, "regions") { MayLackTable = true },
            context => context.Newest is { } merge && context.Has(thresholds.Name, "REGION_CODE", "EFFECTIVE_FROM")
                ? $"SELECT REGION_CODE FROM {context.Locate(regions.Name)} AS r WHERE REGION_CODE NOT IN (SELECT REGION_CODE FROM {context.Locate(thresholds.Name)} AS t WHERE EFFECTIVE_FROM < {merge.End} AND REGION_CODE IS NOT NULL)"
                : null,
            $"no day has been merged yet, or {thresholds} does not exist",
            "'REGION_CODE=' || v.REGION_CODE",
            context => context.RowsOf(regions.Name));
    }

    // Equal for equal sets of rows, whatever their order; for others equal about once in 2^64 times.
    private static IReadOnlyList<Measure> Digest(string relation, string? condition, string columns)
    {
        var hash = $"CAST(HASH({columns}) % {long.MaxValue} AS BIGINT)";
        return condition is null
            ? [Measure.Rows(relation), new Measure(relation, $"SUM({hash})")]
            : [Measure.RowsWith(relation, condition), new Measure(relation, $"SUM(CASE WHEN {condition} THEN {hash} END)")];
    }

    private CheckDefinition Define(string kind, string? column, string fault, string unit) => new($"{Master}.{kind}", CheckSuite.Master, Master.Name, column, fault, CheckThreshold.FailsOnAny, unit);

    private static string Name(EngagementSegment segment) => SqlText.Quote(SegmentNames.Of(segment));
}

using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Quarantine;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Whether Master follows from the sources and says what History says.</summary>
internal sealed class MasterChecks(LoyaltyCatalog catalog)
{
    // The rule of Master_Table.sql, said once more, so that a mistake in either shows.
    private static readonly string Segment =
        $"""
        CASE
            WHEN ENGAGEMENT_SCORE IS NULL OR LOW_ENGAGEMENT_BELOW IS NULL OR HIGHLY_ENGAGED_FROM IS NULL
                THEN {Name(EngagementSegment.Unscored)}
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
        OpenVersions(),
    ];

    /// <summary>Whether the segment of each row follows from its score and its thresholds.</summary>
    /// <param name="table">Master or History.</param>
    /// <param name="suite">The suite the check belongs to.</param>
    public static Check SegmentOf(CatalogTable table, CheckSuite suite) => new RowCheck(
        new CheckDefinition(
            $"{table}.ENGAGEMENT_SEGMENT.recomputed", suite, table.Name, "ENGAGEMENT_SEGMENT",
            "the segment does not follow from score and thresholds", CheckThreshold.FailsOnAny),
        table,
        $"ENGAGEMENT_SEGMENT IS DISTINCT FROM {Segment}");

    private QueryCheck UsersOfProfiles() => new(
        Define("users", column: null, "are in Master or among those signed up, but not in both", "users"),
        context => context.Newest is { } merge
            ? $"""
              SELECT COALESCE(u.USER_ID, m.USER_ID) AS USER_ID,
                  CASE WHEN m.USER_ID IS NULL THEN 'not in Master' ELSE 'not signed up' END AS FAULT
              FROM (SELECT USER_ID FROM {UsedRows.Of(Users, context)} AS w WHERE SIGNED_UP_AT < {merge.End}) AS u
              FULL OUTER JOIN {Master} AS m ON m.USER_ID = u.USER_ID
              WHERE u.USER_ID IS NULL OR m.USER_ID IS NULL
              """
            : null,
        NewestMerge.None,
        "'USER_ID=' || CAST(v.USER_ID AS VARCHAR) || ' ' || v.FAULT",
        context => context.RowsOf(Master.Name),
        new Suspicion(
            context => Measure.Digest(
                context.Session.Dialect, context.Locate(Users.Name),
                $"SIGNED_UP_AT < {context.Newest!.End} AND NOT ({RowRules.Of(Users).AnyBroken})", "USER_ID"),
            context => Measure.Digest(context.Session.Dialect, context.Locate(Master.Name), condition: null, "USER_ID")))
    {
        AlsoNeeds = [TableNeed.Judged(Users)],
    };

    private QueryCheck OpenVersions()
    {
        var columns = SqlText.List(Master.Columns.Select(column => column.Name));
        var same = string.Join(" AND ", Master.Columns.Select(column => $"h.{column.Name} IS NOT DISTINCT FROM m.{column.Name}"));
        return new QueryCheck(
            Define("history", column: null, "are not in Master as the open versions of History have them", "users"),
            context => $"""
                SELECT COALESCE(m.USER_ID, h.USER_ID) AS USER_ID
                FROM {Master} AS m
                FULL OUTER JOIN (SELECT * FROM LOYALTY.HISTORY WHERE VALID_TO IS NULL) AS h ON h.USER_ID = m.USER_ID
                WHERE m.USER_ID IS NULL OR h.USER_ID IS NULL OR NOT ({same})
                """,
            NewestMerge.None,
            "'USER_ID=' || CAST(v.USER_ID AS VARCHAR)",
            context => context.RowsOf(Master.Name),
            new Suspicion(
                context => Measure.Digest(context.Session.Dialect, context.Locate(Master.Name), condition: null, columns),
                context => Measure.Digest(context.Session.Dialect, "LOYALTY.HISTORY", "VALID_TO IS NULL", columns)));
    }

    private CheckDefinition Define(string kind, string? column, string fault, string unit) =>
        new($"{Master}.{kind}", CheckSuite.Master, Master.Name, column, fault, CheckThreshold.FailsOnAny, unit);

    private static string Name(EngagementSegment segment) => SqlText.Quote(SegmentNames.Of(segment));
}

using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>
/// Whether History is canonical: each user's versions follow one another without overlap, begin and end on written days, and differ from
/// their neighbours.
/// </summary>
internal sealed class HistoryChecks(LoyaltyCatalog catalog)
{
    private const string Nothing = "there is no history yet";
    private const string Open = "VALID_TO IS NULL";

    private static readonly string[] Tables = ["LOYALTY.HISTORY", "LOYALTY.SNAPSHOT", "LOYALTY.RUN", "LOYALTY.RUN_LOCK", "LOYALTY.RUN_STEP",
        "LOYALTY.RUN_SOURCE", "LOYALTY.QUARANTINE", "LOYALTY.METRIC", "LOYALTY.ADOPTION", "LOYALTY.CHECK_RESULT", .. ErasedUsers.Tables,
        .. AuditLog.Tables, SchemaVersion.Table.ToString()];

    private CatalogTable History => catalog.Table(HistoryVersions.Table);

    private CatalogTable Snapshot => catalog.Table(SnapshotDay.Table);

    /// <summary>The checks of History and of what is written with it.</summary>
    public IEnumerable<Check> All() =>
    [
        .. Tables.SelectMany(table => CatalogChecks.Of(catalog.Table(table), CheckSuite.History)),
        MasterChecks.SegmentOf(History, CheckSuite.History),
        new RowCheck(
            Define(History, "interval", "VALID_FROM, VALID_TO", "the version ends before it begins", "rows"), History,
            "VALID_TO <= VALID_FROM"),
        OpenVersions(),
        Neighbours("overlaps", "the version overlaps the user's next one", "NEXT_FROM < COALESCE(VALID_TO, DATE '9999-12-31')"),
        Neighbours(
            "joined", "the version says the same as the user's next one, which follows at once",
            "NEXT_FROM = VALID_TO AND NEXT_CONTENT = CONTENT"),
        WrittenDays(),
        RowCounts(),
        NewestDay(),
        new CalendarCheck(
            new CheckDefinition(
                $"{Snapshot}.calendar", CheckSuite.History, Snapshot.Name, "SNAPSHOT_DATE", "are not written", CheckThreshold.WarnsOnAny,
                "days")),
        Reconciled(),
        .. AdoptionCheck.Of(catalog),
        new AuditChainCheck(catalog.Table(AuditLog.Table)),
    ];

    private static QueryCheck OpenVersions() => new(
        Define("LOYALTY.HISTORY", "open_versions", "VALID_TO", "the user has more than one open version", "users"),
        _ => $"SELECT USER_ID FROM LOYALTY.HISTORY WHERE {Open} GROUP BY USER_ID HAVING COUNT(*) > 1",
        Nothing,
        "'USER_ID=' || CAST(v.USER_ID AS VARCHAR)",
        _ => Measure.RowsWith("LOYALTY.HISTORY", Open));

    // Most users have one version, which has no neighbour.
    private RowCheck Neighbours(string kind, string fault, string condition)
    {
        var content = $"HASH({SqlText.List(catalog.Master.Columns.Select(column => column.Name))})";
        return new RowCheck(
            Define(History, kind, "VALID_FROM, VALID_TO", fault, "rows"),
            History,
            condition,
            $"""
            (SELECT USER_ID, VALID_FROM, VALID_TO, {content} AS CONTENT,
                LEAD(VALID_FROM) OVER (PARTITION BY USER_ID ORDER BY VALID_FROM) AS NEXT_FROM,
                LEAD({content}) OVER (PARTITION BY USER_ID ORDER BY VALID_FROM) AS NEXT_CONTENT
            FROM {History} WHERE USER_ID IN (SELECT USER_ID FROM {History} GROUP BY USER_ID HAVING COUNT(*) > 1))
            """);
    }

    private QueryCheck WrittenDays() => new(
        Define(History, "written_days", "VALID_FROM, VALID_TO", "the version begins or ends on a day that was not written", "rows"),
        _ => """
            SELECT USER_ID, VALID_FROM
            FROM LOYALTY.HISTORY
            WHERE VALID_FROM NOT IN (SELECT SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT)
                OR (VALID_TO IS NOT NULL AND VALID_TO NOT IN (SELECT SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT))
            """,
        Nothing,
        "'USER_ID=' || CAST(v.USER_ID AS VARCHAR) || ', VALID_FROM=' || CAST(v.VALID_FROM AS VARCHAR)",
        context => context.RowsOf(History.Name));

    // Those who came by a day less those who went by it; a join with each day would look at every version once a day.
    private QueryCheck RowCounts() => new(
        Define(Snapshot, "row_counts", "ROW_COUNT", "the day has not as many versions as users were written", "days"),
        _ => """
            SELECT s.SNAPSHOT_DATE, s.ROW_COUNT, COALESCE(SUM(c.CHANGE), 0) AS VERSIONS
            FROM LOYALTY.SNAPSHOT AS s LEFT JOIN (
                SELECT CHANGE_DATE, SUM(CHANGE) AS CHANGE FROM (
                    SELECT VALID_FROM AS CHANGE_DATE, 1 AS CHANGE FROM LOYALTY.HISTORY
                    UNION ALL SELECT VALID_TO, -1 FROM LOYALTY.HISTORY WHERE VALID_TO IS NOT NULL) AS e
                GROUP BY CHANGE_DATE) AS c ON c.CHANGE_DATE <= s.SNAPSHOT_DATE
            GROUP BY s.SNAPSHOT_DATE, s.ROW_COUNT HAVING s.ROW_COUNT IS DISTINCT FROM COALESCE(SUM(c.CHANGE), 0)
            """,
        Nothing,
        """
        CAST(v.SNAPSHOT_DATE AS VARCHAR) || ': ' || CAST(v.VERSIONS AS VARCHAR) || ' versions, '
            || CAST(v.ROW_COUNT AS VARCHAR) || ' users'
        """,
        context => context.RowsOf(Snapshot.Name));

    // That Master is what the open versions say, the check LOYALTY.MASTER.history knows.
    private QueryCheck NewestDay()
    {
        var columns = SqlText.List(catalog.Master.Columns.Select(column => column.Name));
        var same = string.Join(" AND ", catalog.Master.Columns.Select(column => $"h.{column.Name} IS NOT DISTINCT FROM s.{column.Name}"));
        var log = new TableName(LoyaltyCatalog.WarehouseSchema, "HISTORY_SNAPSHOT");
        return new QueryCheck(
            new CheckDefinition(
                $"{log}.newest_day", CheckSuite.History, log, Column: null,
                "are not in the newest day of the daily log as the open versions of History have them", CheckThreshold.FailsOnAny, "users"),
            context => context.Newest is { } merge
                ? $"""
                  SELECT COALESCE(h.USER_ID, s.USER_ID) AS USER_ID
                  FROM (SELECT * FROM {History} WHERE {Open}) AS h
                  FULL OUTER JOIN {NewestOf(log, merge)} AS s ON s.USER_ID = h.USER_ID
                  WHERE h.USER_ID IS NULL OR s.USER_ID IS NULL OR NOT ({same})
                  """
                : null,
            NewestMerge.None,
            "'USER_ID=' || CAST(v.USER_ID AS VARCHAR)",
            _ => Measure.RowsWith(History.ToString(), Open),
            new Suspicion(
                context => Measure.Digest(context.Session.Dialect, History.ToString(), Open, columns),
                context => Measure.Digest(context.Session.Dialect, NewestOf(log, context.Newest!), condition: null, columns)));

        static string NewestOf(TableName log, NewestMerge merge) =>
            $"(SELECT * FROM {log} WHERE SNAPSHOT_DATE = {SqlText.Literal(merge.Day)})";
    }

    // What merges of a day rejected goes when the day is undone; what they read and used stays in the log.
    private static QueryCheck Reconciled() => new(
        Define(
            "LOYALTY.RUN_SOURCE", "reconciled", "ROWS_READ, ROWS_USED, ROWS_QUARANTINED",
            "rows read are not those used and those in quarantine", "sources of runs"),
        _ => $"""
            SELECT s.RUN_ID, s.SOURCE_TABLE
            FROM LOYALTY.RUN_SOURCE AS s
            JOIN LOYALTY.RUN AS r ON r.RUN_ID = s.RUN_ID
            LEFT JOIN (
                SELECT RUN_ID, SOURCE_TABLE, COUNT(*) AS REJECTED
                FROM LOYALTY.QUARANTINE
                GROUP BY RUN_ID, SOURCE_TABLE
            ) AS q ON q.RUN_ID = s.RUN_ID AND q.SOURCE_TABLE = s.SOURCE_TABLE
            LEFT JOIN ({UndoneDays.Query}) AS u ON u.RUN_DATE = r.RUN_DATE AND r.KIND = '{nameof(RunKind.Merge)}' AND u.RUN_ID > r.RUN_ID
            WHERE r.STATUS = 'Succeeded'
                AND (s.ROWS_READ <> s.ROWS_USED + s.ROWS_QUARANTINED
                    OR COALESCE(q.REJECTED, 0) <> CASE WHEN u.RUN_ID IS NULL THEN s.ROWS_QUARANTINED ELSE 0 END)
            """,
        "there is no run yet",
        "v.RUN_ID || ': ' || v.SOURCE_TABLE",
        _ => Measure.Rows("LOYALTY.RUN_SOURCE"));

    private static CheckDefinition Define(CatalogTable table, string kind, string? column, string fault, string unit) =>
        new($"{table}.{kind}", CheckSuite.History, table.Name, column, fault, CheckThreshold.FailsOnAny, unit);

    private static CheckDefinition Define(string table, string kind, string? column, string fault, string unit)
    {
        var parts = table.Split('.');
        return new(
            $"{table}.{kind}", CheckSuite.History, new TableName(parts[0], parts[1]), column, fault, CheckThreshold.FailsOnAny, unit);
    }

    /// <summary>Whether each day of the last weeks was written, but for those that may be missing.</summary>
    /// <param name="definition">What is known of the check.</param>
    private sealed class CalendarCheck(CheckDefinition definition) : Check(definition)
    {
        public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
        {
            var written = await SnapshotDay.ListAsync(context.Session, cancellationToken);
            if (written.Count == 0)
                return Finding.Skip(NewestMerge.None);
            var calendar = context.Pipeline.Config.Integrity.Calendar;
            var first = Math.Max(written[0].DayNumber, written[^1].DayNumber - calendar.Days + 1);
            var expected = Enumerable.Range(first, written[^1].DayNumber - first + 1).Select(DateOnly.FromDayNumber)
                .Where(calendar.IsExpected).ToList();
            var missing = expected.Except(written).ToList();
            return new Finding
            {
                Violations = missing.Count,
                Total = expected.Count,
                Sample = [.. missing.Select(day => $"{day:yyyy-MM-dd}")],
            };
        }
    }
}

using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.History;

/// <summary>
/// Takes written days out of history. A version that begins or ends on such a day begins or ends on the next day that is kept, or never
/// where there is none; where nothing is left of it, it goes, and neighbours that then say the same become one. So the days that are kept
/// say what they said, and the stored history is the same as if only they had ever been written.
/// </summary>
/// <param name="history">The shape of the table of versions: what it stores is kept, also in columns that the catalog no longer
/// has.</param>
internal sealed class HistoryThinning(IWarehouseSession session, TableShape history)
{
    /// <summary>
    /// SQL that is true for rows of users with a version that begins or ends on a day that goes. Nothing changes for others.
    /// </summary>
    public const string IsAffected = $"USER_ID IN (SELECT a.USER_ID FROM {Affected} AS a)";

    private const string Removed = "HISTORY_REMOVED_DAYS";
    private const string Affected = "HISTORY_AFFECTED_USERS";
    private const string Thinned = "HISTORY_THINNED";
    private const string NeverEnds = "DATE '9999-12-31'";
    private const string User = "PARTITION BY USER_ID ORDER BY BEGINS";
    private const string Same = "o.USER_ID = h.USER_ID AND o.VALID_FROM = h.VALID_FROM AND o.VALID_TO IS NOT DISTINCT FROM h.VALID_TO";

    private readonly IReadOnlyList<string> _content = [.. history.Columns.Keys.Where(column => column is not ("VALID_FROM" or "VALID_TO"))];
    private string _touched = "FALSE";

    // The stored versions that are not as they will be, and those that will be and are not stored yet.
    private string Going => $"{HistoryVersions.Table} AS h WHERE {_touched} AND NOT EXISTS (SELECT 1 FROM {Thinned} AS o WHERE {Same})";

    private static string Coming => $"{Thinned} AS h WHERE NOT EXISTS (SELECT 1 FROM {HistoryVersions.Table} AS o WHERE {Same})";

    private string Columns => SqlText.List(_content.Append("VALID_FROM").Append("VALID_TO"));

    /// <summary>Works out in temporary tables what becomes of the versions that the days touch.</summary>
    /// <param name="written">The written days, the earliest first.</param>
    /// <param name="removed">Those that go, the earliest first.</param>
    public async Task<ThinningPlan> PlanAsync(
        IReadOnlyList<DateOnly> written, IReadOnlyList<DateOnly> removed, CancellationToken cancellationToken)
    {
        var gone = removed.ToHashSet();
        var kept = written.Where(day => !gone.Contains(day)).ToList();
        var next = removed.Select(day => (Day: day, Kept: KeptAfter(day))).ToList();
        // What ended before, or begins after, stays as it is.
        var first = SqlText.Literal(removed[0]);
        _touched = $"h.VALID_FROM <= {next[^1].Kept} AND (h.VALID_TO IS NULL OR h.VALID_TO >= {first}) AND h.{IsAffected}";
        await session.ExecuteAsync($"CREATE OR REPLACE TEMPORARY TABLE {Removed} (REMOVED_DAY DATE, KEPT_DAY DATE)", cancellationToken);
        var days = next.Select(day => $"({SqlText.Literal(day.Day)}, {day.Kept})");
        await session.ExecuteAsync($"INSERT INTO {Removed} VALUES {SqlText.List(days)}", cancellationToken);
        await session.ExecuteAsync(
            $"""
            CREATE OR REPLACE TEMPORARY TABLE {Affected} AS
            SELECT USER_ID FROM {HistoryVersions.Table} WHERE VALID_FROM IN (SELECT REMOVED_DAY FROM {Removed})
            UNION SELECT USER_ID FROM {HistoryVersions.Table} WHERE VALID_TO IN (SELECT REMOVED_DAY FROM {Removed})
            """,
            cancellationToken);
        await session.ExecuteAsync($"CREATE OR REPLACE TEMPORARY TABLE {Thinned} AS {Joined()}", cancellationToken);
        return new ThinningPlan(
            await session.CountAsync($"SELECT COUNT(*) FROM {Affected}", cancellationToken),
            await session.CountAsync($"SELECT COUNT(*) FROM {Going}", cancellationToken),
            await session.CountAsync($"SELECT COUNT(*) FROM {Coming}", cancellationToken));

        string KeptAfter(DateOnly day) =>
            ~kept.BinarySearch(day) is var index && index < kept.Count ? SqlText.Literal(kept[index]) : NeverEnds;
    }

    /// <summary>Writes what was worked out, inside the transaction of the run.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM {Going}", cancellationToken);
        await session.ExecuteAsync(
            $"INSERT INTO {HistoryVersions.Table} ({Columns}) SELECT {Columns} FROM {Coming}", cancellationToken);
        await session.ExecuteAsync(
            $"DELETE FROM {SnapshotDay.Table} WHERE SNAPSHOT_DATE IN (SELECT REMOVED_DAY FROM {Removed})", cancellationToken);
    }

    /// <summary>Makes sure, before the commit, that each day that is kept has as many users as it had when it was written.</summary>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        var changes = await session.ListAsync(
            new StoredTable(HistoryVersions.Table, KeyColumns: 1),
            $"""
            SELECT VALID_FROM_OR_TO, SUM(USERS) AS USERS FROM (
                SELECT VALID_FROM AS VALID_FROM_OR_TO, COUNT(*) AS USERS FROM {HistoryVersions.Table} GROUP BY VALID_FROM
                UNION ALL SELECT VALID_TO, -COUNT(*) FROM {HistoryVersions.Table} WHERE VALID_TO IS NOT NULL GROUP BY VALID_TO
            ) AS c GROUP BY VALID_FROM_OR_TO ORDER BY VALID_FROM_OR_TO
            """,
            [],
            row => (Day: row.Day(0), Users: row.Whole(1)),
            StoredRows.Demanded,
            cancellationToken);
        var days = await session.ListAsync(
            new StoredTable(SnapshotDay.Table, KeyColumns: 1),
            $"SELECT SNAPSHOT_DATE, ROW_COUNT FROM {SnapshotDay.Table} ORDER BY SNAPSHOT_DATE", [],
            row => (Day: row.Day(0), Users: row.Whole(1)), StoredRows.Demanded, cancellationToken);
        var (users, change) = (0L, 0);
        foreach (var day in days)
        {
            for (; change < changes.Count && changes[change].Day <= day.Day; change++)
                users += changes[change].Users;
            if (users != day.Users)
                throw LoyaltyErrors.ReconciliationFailed.Because(
                    $"{day.Day:yyyy-MM-dd} had {day.Users} users when it was written, but {HistoryVersions.Table} would have {users}.",
                    HistoryVersions.Table);
        }
    }

    private string Joined()
    {
        var content = SqlText.List(_content);
        var saysTheSame = string.Join(" AND ", _content.Select(column => $"LAG({column}) OVER ({User}) IS NOT DISTINCT FROM {column}"));
        return $"""
            SELECT {content}, BEGINS AS VALID_FROM, NULLIF(LAST_END, {NeverEnds}) AS VALID_TO
            FROM (
                SELECT p.*, MAX(COALESCE(ENDS, {NeverEnds})) OVER (PARTITION BY USER_ID, PIECE) AS LAST_END
                FROM (
                    SELECT s.*, SUM(IS_FIRST) OVER ({User} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS PIECE
                    FROM (
                        SELECT v.*, CASE WHEN LAG(ENDS) OVER ({User}) = BEGINS AND {saysTheSame} THEN 0 ELSE 1 END AS IS_FIRST
                        FROM (
                            SELECT {SqlText.List(_content.Select(column => $"h.{column}"))},
                                COALESCE(f.KEPT_DAY, h.VALID_FROM) AS BEGINS, COALESCE(t.KEPT_DAY, h.VALID_TO) AS ENDS
                            FROM {HistoryVersions.Table} AS h
                            LEFT JOIN {Removed} AS f ON f.REMOVED_DAY = h.VALID_FROM
                            LEFT JOIN {Removed} AS t ON t.REMOVED_DAY = h.VALID_TO
                            WHERE {_touched}
                        ) AS v
                        WHERE BEGINS < COALESCE(ENDS, {NeverEnds})
                    ) AS s
                ) AS p
            ) AS q
            WHERE IS_FIRST = 1
            """;
    }
}

using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// Writes the affected users of a day, which may be any day, inside the transaction of the run. The versions that touch the time from the
/// day to the next written one are cut there, the day's own goes between, and neighbours with equal content are joined. So the stored
/// history is the same as if each day had been written once, in order.
/// </summary>
/// <param name="master">The Master table.</param>
internal sealed class HistoryWriter(IWarehouseSession session, CatalogTable master, SnapshotDay day)
{
    private const string Affected = $"(SELECT USER_ID FROM {MergeTables.Master} WHERE {MasterBuild.Change} <> '{MasterBuild.Unchanged}')";
    private const string Written = $"s.{MasterBuild.Change} IN ('{MasterBuild.Inserted}', '{MasterBuild.Updated}')";

    private readonly string _day = SqlText.Literal(day.Day);
    private readonly string _next = day.Next is { } next ? SqlText.Literal(next) : "NULL";
    private readonly string _columns = SqlText.List(master.Columns.Select(column => column.Name));
    private readonly string _built = SqlText.List(master.Columns.Select(column => $"s.{column.Name}"));

    /// <summary>Writes the versions of the affected users, and Master if the day is the newest.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var statement in (string[])[.. Cut(), .. Join(), Insert(), .. day.IsNewest ? Master() : []])
            await session.ExecuteAsync(statement, cancellationToken);
    }

    /// <summary>Notes the day.</summary>
    /// <param name="runId">The run that wrote it.</param>
    /// <param name="users">Users in Master on the day.</param>
    /// <param name="writtenAt">When (UTC).</param>
    public async Task WriteSnapshotAsync(string runId, long users, DateTime writtenAt, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM {SnapshotDay.Table} WHERE SNAPSHOT_DATE = {_day}", cancellationToken);
        await session.ExecuteAsync(
            $"INSERT INTO {SnapshotDay.Table} (SNAPSHOT_DATE, RUN_ID, ROW_COUNT, WRITTEN_AT) VALUES ({_day}, ?, ?, ?)",
            [runId, users, writtenAt], cancellationToken);
    }

    /// <summary>
    /// Makes sure, before the commit, that each user of the day has one version on the day, and one row in Master if the day is the newest.
    /// </summary>
    /// <param name="users">Users of the day.</param>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>.</exception>
    public async Task VerifyAsync(long users, CancellationToken cancellationToken)
    {
        await VerifyAsync(
            $"(SELECT h.USER_ID FROM {HistoryVersions.Table} AS h WHERE {HistoryVersions.HoldsOn(day.Day)})", users, cancellationToken);
        if (day.IsNewest)
            await VerifyAsync(master.Name.ToString(), users, cancellationToken);
    }

    // What the day said before, taken out of the versions of the affected users. What they say from the next day on stays.
    private IEnumerable<string> Cut()
    {
        if (!day.IsNewest)
        {
            yield return $"""
                INSERT INTO {HistoryVersions.Table} ({_columns}, VALID_FROM, VALID_TO)
                SELECT {_columns}, {_next}, VALID_TO FROM {HistoryVersions.Table} AS h
                WHERE {HistoryVersions.HoldsOn(day.Day)} AND (VALID_TO IS NULL OR VALID_TO > {_next}) AND USER_ID IN {Affected}
                """;
        }

        yield return $"DELETE FROM {HistoryVersions.Table} WHERE VALID_FROM = {_day} AND USER_ID IN {Affected}";
        yield return $"""
            UPDATE {HistoryVersions.Table} AS h SET VALID_TO = {_day}
            WHERE {HistoryVersions.HoldsOn(day.Day)} AND USER_ID IN {Affected}
            """;
    }

    // The version that ended here or the one that begins at the next day may say what this day says.
    private IEnumerable<string> Join()
    {
        // Of a day that was not written, only versions cut just now end here, and they say what the day before said: other than what is
        // written.
        if (day.IsWritten)
        {
            yield return $"""
                UPDATE {HistoryVersions.Table} AS h SET VALID_TO = {_next}
                FROM {MergeTables.Master} AS s
                WHERE h.USER_ID = s.USER_ID AND h.VALID_TO = {_day} AND {SameAs("h")} AND {Written}
                """;
        }

        if (day.IsNewest)
            yield break;
        yield return $"""
            UPDATE {HistoryVersions.Table} AS h SET VALID_TO = n.VALID_TO
            FROM (
                SELECT s.USER_ID, r.VALID_TO
                FROM {MergeTables.Master} AS s
                JOIN {HistoryVersions.Table} AS r ON r.USER_ID = s.USER_ID AND r.VALID_FROM = {_next}
                WHERE {SameAs("r")} AND {Written}
            ) AS n
            WHERE h.USER_ID = n.USER_ID AND h.VALID_TO = {_next}
            """;
        yield return $"""
            DELETE FROM {HistoryVersions.Table}
            WHERE VALID_FROM = {_next} AND USER_ID IN {Affected}
                AND USER_ID IN (
                    SELECT h.USER_ID
                    FROM {HistoryVersions.Table} AS h
                    WHERE h.VALID_FROM < {_next} AND (h.VALID_TO IS NULL OR h.VALID_TO > {_next}))
            """;
        yield return $"""
            UPDATE {HistoryVersions.Table} AS h SET VALID_FROM = {_day}
            FROM {MergeTables.Master} AS s
            WHERE h.USER_ID = s.USER_ID AND h.VALID_FROM = {_next} AND {SameAs("h")} AND {Written}
            """;
    }

    private string Insert() => $"""
        INSERT INTO {HistoryVersions.Table} ({_columns}, VALID_FROM, VALID_TO)
        SELECT {_built}, {_day}, {_next}
        FROM {MergeTables.Master} AS s
        WHERE {Written} AND NOT EXISTS (
            SELECT 1 FROM {HistoryVersions.Table} AS h WHERE h.USER_ID = s.USER_ID AND {HistoryVersions.HoldsOn(day.Day)})
        """;

    private string[] Master() =>
    [
        $"DELETE FROM {master.Name} WHERE USER_ID IN {Affected}",
        $"INSERT INTO {master.Name} ({_columns}) SELECT {_built} FROM {MergeTables.Master} AS s WHERE {Written}",
    ];

    private string SameAs(string version) =>
        string.Join(" AND ", master.Columns.Select(column => $"s.{column.Name} IS NOT DISTINCT FROM {version}.{column.Name}"));

    private async Task VerifyAsync(string relation, long users, CancellationToken cancellationToken)
    {
        var (rows, keys) = (await session.ListAsync(
            $"SELECT COUNT(*), COUNT(DISTINCT USER_ID) FROM {relation} AS r", [], reader => (reader.LongAt(0), reader.LongAt(1)),
            cancellationToken))[0];
        if (rows != users || keys != users)
            throw LoyaltyErrors.ReconciliationFailed.Because(
                $"{users} users were made for {day.Day:yyyy-MM-dd}, but {relation} would hold {rows} rows of {keys} users.",
                master.Name.ToString());
    }
}

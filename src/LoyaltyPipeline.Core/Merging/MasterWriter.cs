using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// Writes the affected users of the newest day to HISTORY and MASTER, inside the transaction of the run. The day may have been written
/// before: then its pieces are taken back first, and a user who is again as on the day before gets the earlier version back, so that the
/// stored history is the same as if the day had been written once.
/// </summary>
internal static class MasterWriter
{
    private const string History = "LOYALTY.HISTORY";
    private const string Snapshot = "LOYALTY.SNAPSHOT";

    public static async Task WriteAsync(IWarehouseSession session, CatalogTable master, DateOnly runDate, CancellationToken cancellationToken)
    {
        var day = SqlText.Literal(runDate);
        var columns = SqlText.List(master.Columns.Select(column => column.Name));
        var staged = SqlText.List(master.Columns.Select(column => $"s.{column.Name}"));
        var same = string.Join(" AND ", master.Columns.Select(column => $"s.{column.Name} IS NOT DISTINCT FROM h.{column.Name}"));
        var affected = $"USER_ID IN (SELECT USER_ID FROM {MergeTables.Stage} WHERE {MasterStage.Change} <> '{MasterStage.Unchanged}')";
        var written = $"s.{MasterStage.Change} IN ('{MasterStage.Inserted}', '{MasterStage.Updated}')";
        string[] statements =
        [
            $"DELETE FROM {History} WHERE VALID_FROM = {day} AND {affected}",
            $"UPDATE {History} SET VALID_TO = {day} WHERE VALID_TO IS NULL AND {affected}",
            $"UPDATE {History} AS h SET VALID_TO = NULL FROM {MergeTables.Stage} AS s WHERE h.USER_ID = s.USER_ID AND h.VALID_TO = {day} AND {same} AND {written}",
            $"""
            INSERT INTO {History} ({columns}, VALID_FROM, VALID_TO)
            SELECT {staged}, {day}, NULL FROM {MergeTables.Stage} AS s
            WHERE {written} AND NOT EXISTS (SELECT 1 FROM {History} AS h WHERE h.USER_ID = s.USER_ID AND h.VALID_TO IS NULL)
            """,
            $"DELETE FROM {master.Name} WHERE {affected}",
            $"INSERT INTO {master.Name} ({columns}) SELECT {staged} FROM {MergeTables.Stage} AS s WHERE {written}",
        ];
        foreach (var statement in statements)
            await session.ExecuteAsync(statement, cancellationToken);
    }

    /// <summary>Notes the day; a day that was written before and has not changed keeps its note.</summary>
    public static async Task WriteSnapshotAsync(IWarehouseSession session, DateOnly runDate, string runId, long users, DateTime writtenAt, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM {Snapshot} WHERE SNAPSHOT_DATE = {SqlText.Literal(runDate)}", cancellationToken);
        await session.ExecuteAsync(
            $"INSERT INTO {Snapshot} (SNAPSHOT_DATE, RUN_ID, ROW_COUNT, WRITTEN_AT) VALUES ({SqlText.Literal(runDate)}, ?, ?, ?)", [runId, users, writtenAt], cancellationToken);
    }

    /// <summary>Makes sure, before the commit, that Master holds each staged user once and that each has one open version.</summary>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>.</exception>
    public static async Task VerifyAsync(IWarehouseSession session, CatalogTable master, long users, CancellationToken cancellationToken)
    {
        foreach (var relation in new[] { master.Name.ToString(), $"(SELECT USER_ID FROM {History} WHERE VALID_TO IS NULL)" })
        {
            var (rows, keys) = (await session.ListAsync(
                $"SELECT COUNT(*), COUNT(DISTINCT USER_ID) FROM {relation} AS r", [], reader => (reader.LongAt(0), reader.LongAt(1)), cancellationToken))[0];
            if (rows != users || keys != users)
            {
                throw LoyaltyErrors.ReconciliationFailed.Because(
                    $"{users} users were staged, but {relation} would hold {rows} rows of {keys} users.", master.Name.ToString());
            }
        }
    }
}

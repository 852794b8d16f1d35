using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>What differs between the staged Master and the stored one.</summary>
/// <param name="Inserted">Users who are new.</param>
/// <param name="Updated">Users of whom some column changed.</param>
/// <param name="Deleted">Users who are gone.</param>
/// <param name="Unchanged">Users who are as they were.</param>
/// <param name="Before">Users stored before.</param>
/// <param name="SegmentMoves">Users by segment before and after, where it differs.</param>
internal sealed record MasterComparison(
    long Inserted, long Updated, long Deleted, long Unchanged, long Before, IReadOnlyList<SegmentMove> SegmentMoves)
{
    /// <summary>Users affected in any way.</summary>
    public long Affected => Inserted + Updated + Deleted;

    /// <summary>Compares by <c>IS DISTINCT FROM</c> on every column and keeps the affected users in a temporary table.</summary>
    /// <param name="session">The session of the run.</param>
    /// <param name="master">The Master table.</param>
    /// <param name="stored">Its shape in the warehouse; a column it lacks there counts as NULL.</param>
    /// <param name="staged">Users in the stage.</param>
    /// <param name="cancellationToken">Cancels the query at hand.</param>
    public static async Task<MasterComparison> MakeAsync(
        IWarehouseSession session, CatalogTable master, TableShape stored, long staged, CancellationToken cancellationToken)
    {
        var before = await session.CountAsync($"SELECT COUNT(*) FROM {master.Name}", cancellationToken);
        await session.ExecuteAsync(MergeTables.DropAndCreate(MergeTables.Delta, $"AS {Differences(master, stored)}"), cancellationToken);
        var counts = await session.ListAsync(
            $"SELECT COUNT_IF(CHANGE = 'I'), COUNT_IF(CHANGE = 'U'), COUNT_IF(CHANGE = 'D') FROM {MergeTables.Delta}",
            [],
            reader => (Inserted: reader.LongAt(0), Updated: reader.LongAt(1), Deleted: reader.LongAt(2)),
            cancellationToken);
        var moves = await session.ListAsync(
            $"SELECT SEGMENT_BEFORE, SEGMENT_AFTER, COUNT(*) FROM {MergeTables.Delta} WHERE SEGMENT_BEFORE IS DISTINCT FROM SEGMENT_AFTER GROUP BY SEGMENT_BEFORE, SEGMENT_AFTER ORDER BY SEGMENT_BEFORE NULLS FIRST, SEGMENT_AFTER NULLS LAST",
            [],
            reader => new SegmentMove(reader.TextAt(0), reader.TextAt(1), reader.LongAt(2)),
            cancellationToken);
        var (inserted, updated, deleted) = counts[0];
        return new MasterComparison(inserted, updated, deleted, staged - inserted - updated, before, moves);
    }

    private static string Differences(CatalogTable master, TableShape stored)
    {
        var differs = master.Columns
            .Where(column => !master.Key.Contains(column))
            .Select(column => stored.Columns.ContainsKey(column.Name) ? $"s.{column.Name} IS DISTINCT FROM m.{column.Name}" : $"s.{column.Name} IS NOT NULL");
        return $"""
            SELECT COALESCE(s.USER_ID, m.USER_ID) AS USER_ID,
                CASE WHEN m.USER_ID IS NULL THEN 'I' WHEN s.USER_ID IS NULL THEN 'D' ELSE 'U' END AS CHANGE,
                m.ENGAGEMENT_SEGMENT AS SEGMENT_BEFORE, s.ENGAGEMENT_SEGMENT AS SEGMENT_AFTER
            FROM {MergeTables.Stage} AS s FULL OUTER JOIN {master.Name} AS m ON m.USER_ID = s.USER_ID
            WHERE m.USER_ID IS NULL OR s.USER_ID IS NULL OR {string.Join(" OR ", differs)}
            """;
    }
}

using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>What differs between the Master that was made and the stored one.</summary>
/// <param name="Users">Users by what becomes of them.</param>
/// <param name="SegmentMoves">Users by segment before and after, where it differs.</param>
internal sealed record MasterComparison(MasterUsers Users, IReadOnlyList<SegmentMove> SegmentMoves)
{
    /// <summary>Before anything is compared.</summary>
    public static MasterComparison None { get; } = new(new MasterUsers(0, 0, 0, 0), []);

    public long Inserted => Users.Inserted;

    public long Updated => Users.Updated;

    public long Deleted => Users.Deleted;

    /// <summary>Users who are as they were.</summary>
    public long Unchanged => Users.Total - Inserted - Updated;

    /// <summary>Users stored before.</summary>
    public long Before => Unchanged + Updated + Deleted;

    /// <summary>Users affected in any way.</summary>
    public long Affected => Inserted + Updated + Deleted;

    /// <summary>Sums up what the work table says.</summary>
    public static async Task<MasterComparison> MakeAsync(
        IWarehouseSession session, MasterUsers users, CancellationToken cancellationToken) => new(
        users,
        await session.ListAsync(
            $"""
            SELECT {MasterBuild.SegmentBefore}, ENGAGEMENT_SEGMENT, COUNT(*)
            FROM {MergeTables.Master}
            WHERE {MasterBuild.Change} <> '{MasterBuild.Unchanged}' AND {MasterBuild.SegmentBefore} IS DISTINCT FROM ENGAGEMENT_SEGMENT
            GROUP BY {MasterBuild.SegmentBefore}, ENGAGEMENT_SEGMENT
            ORDER BY {MasterBuild.SegmentBefore} NULLS FIRST, ENGAGEMENT_SEGMENT NULLS LAST
            """,
            [],
            reader => new SegmentMove(reader.TextAt(0), reader.TextAt(1), reader.LongAt(2)),
            cancellationToken));
}

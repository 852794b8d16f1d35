using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>The newest written day, and the merge that last was there.</summary>
/// <param name="RunId">The merge; null where the run log does not know it.</param>
/// <param name="RunIdBefore">The merge before it, of whatever day; null where there is none.</param>
/// <param name="IsErasedSince">Whether users were erased since: what it counted then is more than there is.</param>
internal sealed record NewestMerge(DateOnly Day, string? RunId, string? RunIdBefore, bool IsErasedSince)
{
    /// <summary>Why nothing is checked where there is none.</summary>
    public const string None = "no day has been merged yet";

    /// <summary>SQL of the end of the day: rows count whose time is before it.</summary>
    public string End => SqlText.Literal(Day.AddDays(1));

    public static async Task<NewestMerge?> FindAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var days = await SnapshotDay.ListAsync(session, cancellationToken);
        if (days.Count == 0)
            return null;
        const string lastMerge = $"SELECT MAX(RUN_ID) FROM ({UndoneDays.StandingMerges}) AS m";
        var runs = await session.ListAsync(
            $"{lastMerge} WHERE RUN_DATE = {SqlText.Literal(days[^1])}",
            [],
            reader => reader.TextAt(0),
            cancellationToken);
        var before = await session.ListAsync(
            $"{lastMerge} WHERE RUN_ID < ?",
            [runs[0] ?? string.Empty],
            reader => reader.TextAt(0),
            cancellationToken);
        var erasures = await session.ListAsync(
            $"""
            SELECT COUNT(*) FROM LOYALTY.RUN
            WHERE KIND = '{nameof(RunKind.Erase)}' AND STATUS = '{nameof(RunStatus.Succeeded)}' AND RUN_ID > ?
            """,
            [runs[0] ?? string.Empty],
            reader => reader.LongAt(0),
            cancellationToken);
        return new NewestMerge(days[^1], runs[0], before[0], erasures[0] > 0);
    }
}

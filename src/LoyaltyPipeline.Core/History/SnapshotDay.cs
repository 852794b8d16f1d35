using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.History;

/// <summary>A day and its place among the days that have been written.</summary>
/// <param name="Day">The day.</param>
/// <param name="IsWritten">Whether the day itself has been written.</param>
/// <param name="Next">The written day that follows; null where there is none.</param>
/// <param name="Newest">The newest written day; null where none has been written.</param>
public sealed record SnapshotDay(DateOnly Day, bool IsWritten, DateOnly? Next, DateOnly? Newest)
{
    internal const string Table = "LOYALTY.SNAPSHOT";

    // The days that a calendar has; others only somebody who writes past the pipeline can have stored.
    private const string Sayable =
        $"(SELECT SNAPSHOT_DATE FROM {Table} WHERE SNAPSHOT_DATE BETWEEN DATE '0001-01-01' AND DATE '9999-12-31')";

    /// <summary>Whether no later day has been written: what Master holds is this day's, or will be.</summary>
    public bool IsNewest => Next is null;

    /// <summary>What whoever writes an older day is told; null for the newest.</summary>
    internal string? Notice => IsNewest ? null
        : $"{Day:yyyy-MM-dd} is older than {Newest:yyyy-MM-dd}, the newest written day: it goes into History alone, and Master stays as of {Newest:yyyy-MM-dd}.";

    /// <summary>Finds the place of a day.</summary>
    /// <returns>The day with its place.</returns>
    public static async Task<SnapshotDay> LocateAsync(
        IWarehouseSession session, DateOnly day, CancellationToken cancellationToken) => (await session.ListAsync(
        $"""
        SELECT COUNT_IF(SNAPSHOT_DATE = {SqlText.Literal(day)}),
            MIN(CASE WHEN SNAPSHOT_DATE > {SqlText.Literal(day)} THEN SNAPSHOT_DATE END),
            MAX(SNAPSHOT_DATE)
        FROM {Sayable} AS d
        """,
        [],
        reader => new SnapshotDay(day, reader.LongAt(0) > 0, reader.DateAt(1), reader.DateAt(2)),
        cancellationToken))[0];

    /// <summary>Lists the days that have been written.</summary>
    /// <returns>The days, the earliest first.</returns>
    public static Task<IReadOnlyList<DateOnly>> ListAsync(IWarehouseSession session, CancellationToken cancellationToken) =>
        session.ListAsync(
            $"SELECT SNAPSHOT_DATE FROM {Sayable} AS d ORDER BY SNAPSHOT_DATE", [], reader => reader.DateAt(0)!.Value, cancellationToken);

    /// <summary>The day that History has for a day: itself, or the last written one before it.</summary>
    /// <exception cref="LoyaltyException"><c>DayNotWritten</c>: there is none.</exception>
    internal static async Task<DateOnly> LastWrittenAsync(
        IWarehouseSession session, DateOnly day, CancellationToken cancellationToken) =>
        await session.NewestDayAsync(Table, "SNAPSHOT_DATE", day, cancellationToken)
        ?? throw LoyaltyErrors.DayNotWritten.Because($"No day up to {day:yyyy-MM-dd} has been written.", day);
}

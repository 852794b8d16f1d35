using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>The day that is delivered.</summary>
/// <param name="IsNewest">Whether Master holds it.</param>
/// <param name="RunId">The run that wrote it.</param>
/// <param name="ScriptSha256">Hash of the Master_Table.sql of that run; null where the log does not have it.</param>
internal sealed record DeliveredDay(DateOnly Day, bool IsNewest, string RunId, string? ScriptSha256)
{
    /// <summary>Finds the last day that was written.</summary>
    /// <param name="asOf">Up to which day; null for the newest.</param>
    /// <exception cref="LoyaltyException"><c>DayNotWritten</c>, <c>LogRowUnreadable</c>.</exception>
    public static async Task<DeliveredDay> FindAsync(IWarehouseSession session, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var upTo = asOf is { } day ? $"WHERE s.SNAPSHOT_DATE <= {SqlText.Literal(day)}" : string.Empty;
        var found = await session.ListAsync(
            new StoredTable(SnapshotDay.Table, KeyColumns: 1),
            $"""
            SELECT s.SNAPSHOT_DATE, s.SNAPSHOT_DATE = (SELECT MAX(SNAPSHOT_DATE) FROM {SnapshotDay.Table}) AS IS_NEWEST,
                s.RUN_ID, r.SCRIPT_SHA256
            FROM {SnapshotDay.Table} AS s
            LEFT JOIN LOYALTY.RUN AS r ON r.RUN_ID = s.RUN_ID {upTo}
            ORDER BY s.SNAPSHOT_DATE DESC
            LIMIT 1
            """,
            [],
            row => new DeliveredDay(row.Day(0), row.Flag(1), row.Text(2), row.TextOrNull(3)),
            StoredRows.Demanded,
            cancellationToken);
        return found.Count > 0
            ? found[0]
            : throw LoyaltyErrors.DayNotWritten.Because(
                asOf is { } wanted ? $"No day up to {wanted:yyyy-MM-dd} has been written." : "No day has been written.", asOf);
    }
}

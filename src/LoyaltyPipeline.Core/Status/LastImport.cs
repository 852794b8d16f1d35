using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Sources;

namespace LoyaltyPipeline.Core.Status;

/// <summary>The last import of a source, however it ended.</summary>
/// <param name="File">Its file, or how many there were; null where it did not come so far.</param>
/// <param name="ErrorId">Why it did not succeed.</param>
internal sealed record LastImport(string Table, DateTime At, RunStatus Status, string? File, string? ErrorId)
{
    private static readonly StoredTable Log = new("LOYALTY.RUN", KeyColumns: 1);

    /// <summary>Finds them.</summary>
    /// <returns>The imports by source.</returns>
    public static async Task<IReadOnlyDictionary<string, LastImport>> FindAsync(
        IWarehouseSession session, Action<Errors.LoyaltyException> unreadable, CancellationToken cancellationToken) =>
        (await session.ListAsync(
            Log,
            $"""
            SELECT r.RUN_ID, s.SOURCE_TABLE, r.STARTED_AT, r.STATUS, t.STEP, r.ERROR_ID
            FROM LOYALTY.RUN AS r
            JOIN LOYALTY.RUN_SOURCE AS s ON s.RUN_ID = r.RUN_ID
            LEFT JOIN LOYALTY.RUN_STEP AS t ON t.RUN_ID = r.RUN_ID AND t.STEP LIKE '{TableImport.Opens}%'
            WHERE r.KIND = '{nameof(RunKind.Import)}'
            QUALIFY ROW_NUMBER() OVER (PARTITION BY s.SOURCE_TABLE ORDER BY r.RUN_ID DESC, t.STEP_NUMBER) = 1
            ORDER BY s.SOURCE_TABLE
            """,
            [],
            row => new LastImport(
                row.Text(1), row.Time(2), row.Word<RunStatus>(3), row.TextOrNull(4)?[TableImport.Opens.Length..], row.TextOrNull(5)),
            unreadable,
            cancellationToken)).ToDictionary(import => import.Table, StringComparer.Ordinal);
}

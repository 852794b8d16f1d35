using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Integrity;

/// <summary>Keeps what checks found: CHECK_RESULT.</summary>
internal static class CheckResultLog
{
    public const string Table = "LOYALTY.CHECK_RESULT";

    private const int RowsAtOnce = 100;

    /// <summary>Says since when checks have not passed. A check that was skipped in between was no better for it.</summary>
    /// <param name="results">The results of a run that is not kept yet.</param>
    public static async Task CompleteAsync(
        IWarehouseSession session, IReadOnlyList<CheckResult> results, CancellationToken cancellationToken)
    {
        var before = (await session.ListAsync(
            $"""
            SELECT CHECK_ID, FAILED_SINCE
            FROM {Table}
            WHERE CHECK_ID IS NOT NULL AND RUN_ID IS NOT NULL AND STATUS <> '{nameof(CheckStatus.Skipped)}'
            QUALIFY ROW_NUMBER() OVER (PARTITION BY CHECK_ID ORDER BY RUN_ID DESC, FAILED_SINCE) = 1
            """,
            [],
            reader => (Id: reader.GetString(0), Since: reader.TimeAt(1)),
            cancellationToken)).ToDictionary(row => row.Id, row => row.Since, StringComparer.Ordinal);
        foreach (var result in results.Where(result => result.Status is not (CheckStatus.Passed or CheckStatus.Skipped)))
            result.FailedSince = before.GetValueOrDefault(result.CheckId) ?? result.CheckedAt;
    }

    /// <summary>Writes results. Inside a transaction.</summary>
    public static async Task WriteAsync(IWarehouseSession session, IReadOnlyList<CheckResult> results, CancellationToken cancellationToken)
    {
        foreach (var rows in results.Chunk(RowsAtOnce))
        {
            await session.ExecuteAsync(
                $"""
                INSERT INTO {Table} (RUN_ID, CHECK_ID, SUITE, TABLE_NAME, COLUMN_NAME, STATUS, MESSAGE, VIOLATIONS, TOTAL, THRESHOLD,
                    VIOLATION_SAMPLE, VIOLATION_QUERY, FAILED_SINCE, CHECKED_AT, SECONDS)
                VALUES {SqlText.List(rows.Select(_ => "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"))}
                """,
                [.. rows.SelectMany(Values)],
                cancellationToken);
        }
    }

    private static object?[] Values(CheckResult result) =>
    [
        result.RunId, result.CheckId, result.Suite.ToString(), result.Table, result.Column, result.Status.ToString(), result.Message,
        result.Violations, result.Total, result.Threshold,
        result.Sample.Count == 0 ? null : string.Join('\n', result.Sample), result.Status == CheckStatus.Passed ? null : result.Sql,
        result.FailedSince, result.CheckedAt, Math.Round((decimal)result.Seconds, 3),
    ];
}

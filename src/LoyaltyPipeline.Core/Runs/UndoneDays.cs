namespace LoyaltyPipeline.Core.Runs;

/// <summary>
/// Tells merges that stand from those that were taken back: of a day that was undone, only merges after the last undo count. The log keeps
/// them all.
/// </summary>
internal static class UndoneDays
{
    /// <summary>A query of the days that were undone: <c>RUN_DATE</c>, and <c>RUN_ID</c> of the last undo.</summary>
    public const string Query = $"""
        SELECT RUN_DATE, MAX(RUN_ID) AS RUN_ID
        FROM LOYALTY.RUN
        WHERE KIND = '{nameof(RunKind.Undo)}' AND STATUS = '{nameof(RunStatus.Succeeded)}'
        GROUP BY RUN_DATE
        """;

    /// <summary>A query of the successful merges that stand: <c>RUN_ID</c>, <c>RUN_DATE</c>.</summary>
    public const string StandingMerges = $"""
        SELECT m.RUN_ID, m.RUN_DATE
        FROM LOYALTY.RUN AS m LEFT JOIN ({Query}) AS u ON u.RUN_DATE = m.RUN_DATE
        WHERE m.KIND = '{nameof(RunKind.Merge)}' AND m.STATUS = '{nameof(RunStatus.Succeeded)}'
            AND (u.RUN_ID IS NULL OR m.RUN_ID > u.RUN_ID)
        """;
}

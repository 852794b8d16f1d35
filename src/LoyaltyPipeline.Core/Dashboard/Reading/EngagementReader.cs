using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Reads how users are spread over scores, and where they moved.</summary>
/// <param name="unreadable">Hears of users whose segment is missing.</param>
internal sealed class EngagementReader(IWarehouseSession session, Action<LoyaltyException> unreadable)
{
    private static readonly StoredTable Master = new("LOYALTY.MASTER", KeyColumns: 0);

    /// <summary>Scores are counted in steps of so many points.</summary>
    public const int ScoreStep = 5;

    // The last step has it too, so that no step of it alone reaches beyond what a score can be.
    private const int HighestScore = 100;

    // What was a month ago is what those who look at a month compare with.
    private const int MovesOfDays = 30;

    /// <summary>Where the step begins that a score is counted in.</summary>
    public static int StepFrom(decimal score) => (int)((score == HighestScore ? HighestScore - 1 : score) / ScoreStep) * ScoreStep;

    /// <summary>Reads.</summary>
    /// <param name="written">The written days, the earliest first; at least one.</param>
    public async Task<EngagementFigures> ReadAsync(IReadOnlyList<DateOnly> written, CancellationToken cancellationToken)
    {
        var newest = written[^1];
        var since = written.Where(day => day < newest).Select(day => (DateOnly?)day)
            .FirstOrDefault(day => day >= newest.AddDays(-MovesOfDays));
        var scores = await session.ListAsync(
            Master,
            $"""
            SELECT SCORE_STEP, ENGAGEMENT_SEGMENT, COUNT(*)
            FROM (
                SELECT
                    FLOOR(CASE WHEN ENGAGEMENT_SCORE = {HighestScore} THEN {HighestScore - 1} ELSE ENGAGEMENT_SCORE END / {ScoreStep})
                        AS SCORE_STEP,
                    ENGAGEMENT_SEGMENT
                FROM LOYALTY.MASTER
                WHERE ENGAGEMENT_SCORE IS NOT NULL
            ) AS s
            GROUP BY SCORE_STEP, ENGAGEMENT_SEGMENT
            ORDER BY 1, 2
            """,
            [],
            row => ((int)row.Whole(0) * ScoreStep, row.Text(1), row.Whole(2)),
            unreadable,
            cancellationToken);
        var thresholds = (await session.ListAsync(
            Master,
            "SELECT MEDIAN(LOW_ENGAGEMENT_BELOW), MEDIAN(HIGHLY_ENGAGED_FROM) FROM LOYALTY.MASTER",
            [],
            row => (Low: row.NumberOrNull(0), High: row.NumberOrNull(1)),
            unreadable,
            cancellationToken))[0];
        return new EngagementFigures(
            scores, since, since is { } day ? await ReadMovesAsync(day, newest, cancellationToken) : [], thresholds.Low, thresholds.High);
    }

    private Task<IReadOnlyList<(string? From, string? To, long Users)>> ReadMovesAsync(
        DateOnly since, DateOnly newest, CancellationToken cancellationToken) => session.ListAsync(
        $"""
        SELECT b.ENGAGEMENT_SEGMENT, n.ENGAGEMENT_SEGMENT, COUNT(*)
        FROM {SegmentsOn(since)} AS b
        FULL OUTER JOIN {SegmentsOn(newest)} AS n ON n.USER_ID = b.USER_ID
        GROUP BY b.ENGAGEMENT_SEGMENT, n.ENGAGEMENT_SEGMENT
        ORDER BY 1, 2
        """,
        [],
        reader => (reader.TextAt(0), reader.TextAt(1), reader.LongAt(2)),
        cancellationToken);

    private static string SegmentsOn(DateOnly day) =>
        $"(SELECT h.USER_ID, h.ENGAGEMENT_SEGMENT FROM {HistoryVersions.Table} AS h WHERE {HistoryVersions.HoldsOn(day)})";
}

namespace LoyaltyPipeline.Core.Tests.Truth;

internal static class EngagementColumns
{
    public static MasterRow WithEngagement(
        this MasterRow row, IEnumerable<EngagementScoreRow> scores, IEnumerable<RepeatEngagementRow> repeats)
    {
        var latest = scores.MaxBy(score => score.ScoreDate);
        return row with
        {
            EngagementScore = latest?.Score,
            EngagementScoreDate = latest?.ScoreDate,
            RepeatEngagements = repeats.Sum(repeat => repeat.RepeatCount!.Value),
        };
    }
}

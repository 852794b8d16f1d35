using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

internal sealed class IssueTicketsGenerator() : UserTableGenerator(
    "DW_B.ISSUE_TICKETS",
    "TICKET_ID", "USER_ID", "CATEGORY", "SEVERITY", "OPENED_AT", "CLOSED_AT")
{
    private const int AverageHundredths = 70;
    private const int NeverClosedPerThousand = 40;
    private const int LongestDays = 14;

    private static readonly string[] Severities = ["low", "medium", "high", "critical"];
    private static readonly int[] SeverityWeights = [45, 35, 15, 5];

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        var rows = random.RoundHundredths(user.ScaleByLevel(AverageHundredths));
        for (var row = 0; row < rows; row++)
        {
            var openedAt = Days.PickActiveSecond(user, ref random);
            var severity = random.Pick(SeverityWeights, totalWeight: 100);
            sink.Write(NextId());
            sink.Write(user.UserId);
            sink.Write(random.Chance(600) ? "technical" : "operational");
            sink.Write(Severities[severity]);
            sink.WriteTimestamp(SyntheticTime.ToTimestamp(openedAt));
            WriteClosing(user, openedAt, severity, ref random, sink);
            sink.EndRow();
        }

        return rows;
    }

    /// <summary>The graver, the sooner. What would close after the last day is still open.</summary>
    private static void WriteClosing(in SyntheticUser user, long openedAt, int severity, ref SyntheticRandom random, IRowSink sink)
    {
        var closedAt = openedAt + 600 + random.Next(LongestDays * SyntheticTime.SecondsPerDay / (severity + 1));
        if (random.Chance(NeverClosedPerThousand) || SyntheticTime.DayOf(closedAt) > user.LastDay)
            sink.WriteNull();
        else
            sink.WriteTimestamp(SyntheticTime.ToTimestamp(closedAt));
    }
}

namespace LoyaltyPipeline.Core.Samples.Tables;

internal sealed class EngagementScoreGenerator() : UserTableGenerator(SampleTables.EngagementScore)
{
    private const int NeverScoredPerThousand = 40;
    private const int ShortestCadence = 30;

    protected override int WriteUser(in SampleUser user, ref SampleRandom random, IRowSink sink)
    {
        if (random.Chance(NeverScoredPerThousand))
            return 0;

        var cadence = Cadence(user.Level);
        var latest = user.LastDay - random.Next(ShortestCadence);
        if (latest < user.FirstDay)
            return 0;

        var personal = random.Between(-600, 600);
        var count = ((latest - user.FirstDay) / cadence) + 1;
        for (var back = count - 1; back >= 0; back--)
        {
            var day = latest - (back * cadence);
            sink.Write(user.UserId);
            sink.WriteDate(SampleTime.ToDate(day));
            sink.Write(FromHundredths(PickScore(user, day, personal, ref random)));
            sink.EndRow();
        }

        return count;
    }

    /// <summary>The more a user does, the more often the score is worked out.</summary>
    private static int Cadence(int level) => level switch
    {
        < 300_000 => 12 * ShortestCadence,
        < 700_000 => 6 * ShortestCadence,
        < 930_000 => 3 * ShortestCadence,
        _ => ShortestCadence,
    };

    /// <summary>Rises with the level, more steeply near the top, as activity does; falls when a user lapses.</summary>
    private static int PickScore(in SampleUser user, int day, int personal, ref SampleRandom random)
    {
        var permille = user.Level / 1000;
        var score = 1200 + (permille * 4) + (int)((long)permille * permille * permille / 300_000) + personal + random.Between(-300, 300);
        if (day > user.LastActiveDay)
            score -= 1800;
        return Math.Clamp(score, 0, 10_000);
    }
}

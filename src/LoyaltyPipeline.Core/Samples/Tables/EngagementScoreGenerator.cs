namespace LoyaltyPipeline.Core.Samples.Tables;

/// <summary>A user is scored from the first day on, and from then on the more often the more there is to score.</summary>
internal sealed class EngagementScoreGenerator() : UserTableGenerator(SampleTables.EngagementScore)
{
    private const int NeverScoredPerThousand = 40;
    private const int NewcomerHundredths = -500;
    private const int LapsedHundredths = -1800;
    private const int SeasonHundredths = 3;

    private EvenSequence phases = new(uint.MaxValue);

    protected override int WriteUser(in SampleUser user, ref SampleRandom random, IRowSink sink)
    {
        if (random.Chance(NeverScoredPerThousand))
            return 0;

        var cadence = Cadence(user.Level);
        var personal = random.Between(-600, 600);
        WriteScore(user, user.FirstDay, personal + (user.IsNewcomer ? NewcomerHundredths : 0), ref random, sink);
        var rows = 1;

        // Evenly spread, so that on each day about as many are scored; the first of them on the last day.
        var latest = user.LastDay - (int)(((ulong)(uint.MaxValue - phases.Next()) * (ulong)cadence) >> 32);
        for (var back = (latest - user.FirstDay - 1) / cadence; back >= 0 && latest > user.FirstDay; back--, rows++)
            WriteScore(user, latest - (back * cadence), personal, ref random, sink);
        return rows;
    }

    private static int Cadence(int level) => level switch
    {
        < 300_000 => 180,
        < 700_000 => 120,
        < 930_000 => 60,
        _ => 30,
    };

    private static void WriteScore(in SampleUser user, int day, int personal, ref SampleRandom random, IRowSink sink)
    {
        sink.Write(user.UserId);
        sink.WriteDate(SampleTime.ToDate(day));
        sink.Write(FromHundredths(PickScore(user, day, personal, ref random)));
        sink.EndRow();
    }

    /// <summary>Rises with the level, more steeply near the top, as activity does; falls when a user lapses, and a little in quiet months.</summary>
    private static int PickScore(in SampleUser user, int day, int personal, ref SampleRandom random)
    {
        var permille = user.Level / 1000;
        var score = 2300 + (permille * 4) + (int)((long)permille * permille * permille / 300_000) + personal + random.Between(-700, 700);
        score += (SampleRhythm.Season(day) - SampleRhythm.AverageSeason) * SeasonHundredths;
        if (day > user.LastActiveDay)
            score += LapsedHundredths;
        return Math.Clamp(score, 0, 10_000);
    }
}

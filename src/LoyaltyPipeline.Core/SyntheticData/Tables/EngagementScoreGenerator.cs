using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

/// <summary>A user is scored from the first day on, and from then on the more often the more there is to score.</summary>
internal sealed class EngagementScoreGenerator() : UserTableGenerator("DW_A.ENGAGEMENT_SCORE", "USER_ID", "SCORE_DATE", "SCORE")
{
    private const int NeverScoredPerThousand = 40;
    private const int NewcomerHundredths = -500;
    private const int LapsedHundredths = -1800;
    private const int SeasonHundredths = 1;
    private const int SwingHundredths = 1000;
    private const int ChanceHundredths = 300;

    // The square root of two, less one: it has nothing to do with what spreads days, regions and levels, so that each of those has swings
    // of all kinds.
    private const uint SwingStep = 0x6A09_E667;

    private EvenSequence phases = new(uint.MaxValue);
    private uint swing;

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        if (random.Chance(NeverScoredPerThousand))
            return 0;

        var cadence = Cadence(user.Level);
        var personal = random.Between(-600, 600);
        // From score to score a user goes up and down, and at any time as many are up as are down: many change their segment, and the
        // segments stay as large as they are.
        var swings = new EvenSequence(swing += SwingStep);
        WriteScore(user, user.FirstDay, personal + Swing(ref swings) + (user.IsNewcomer ? NewcomerHundredths : 0), ref random, sink);
        var rows = 1;

        // Evenly spread, so that on each day about as many are scored; the first of them on the last day.
        var latest = user.LastDay - (int)(((ulong)(uint.MaxValue - phases.Next()) * (ulong)cadence) >> 32);
        for (var back = (latest - user.FirstDay - 1) / cadence; back >= 0 && latest > user.FirstDay; back--, rows++)
            WriteScore(user, latest - (back * cadence), personal + Swing(ref swings), ref random, sink);
        return rows;
    }

    private static int Cadence(int level) => level switch
    {
        < 150_000 => 42,
        < 600_000 => 21,
        _ => 14,
    };

    private static int Swing(ref EvenSequence swings) =>
        (int)(((ulong)swings.Next() * ((2 * SwingHundredths) + 1)) >> 32) - SwingHundredths;

    private static void WriteScore(in SyntheticUser user, int day, int personal, ref SyntheticRandom random, IRowSink sink)
    {
        sink.Write(user.UserId);
        sink.WriteDate(SyntheticTime.ToDate(day));
        sink.Write(FromHundredths(PickScore(user, day, personal, ref random)));
        sink.EndRow();
    }

    /// <summary>
    /// Rises with the level, more steeply near the top, as activity does; falls when a user lapses, and a little in quiet months.
    /// </summary>
    private static int PickScore(in SyntheticUser user, int day, int personal, ref SyntheticRandom random)
    {
        var permille = user.Level / 1000;
        var score = 2300 + (permille * 4) + (int)((long)permille * permille * permille / 300_000) + personal
            + random.Between(-ChanceHundredths, ChanceHundredths);
        score += (SyntheticRhythm.Season(day) - SyntheticRhythm.AverageSeason) * SeasonHundredths;
        if (day > user.LastActiveDay)
            score += LapsedHundredths;
        return Math.Clamp(score, 0, 10_000);
    }
}

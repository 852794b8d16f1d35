using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

internal sealed class UserActivityGenerator() : UserTableGenerator(
    "DW_A.USER_ACTIVITY",
    "ACTIVITY_ID", "USER_ID", "ACTIVITY_TYPE", "ACTIVITY_AT", "AMOUNT", "RATING")
{
    private const int MostEvents = 256;

    /// <summary>Hyperbolic in the level: a few users do very much, most do little; the offset bounds the top.</summary>
    private const long CurveScale = 440;
    private const long CurveOffset = 40_000;

    private const int DormantPerThousand = 70;

    private readonly long[] moments = new long[MostEvents];

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        if (random.Chance(DormantPerThousand))
            return 0;
        var count = PickCount(user, ref random);
        for (var index = 0; index < count; index++)
            moments[index] = Days.PickActiveSecond(user, ref random);
        if (user.IsNewcomer && count < MostEvents)
            moments[count++] = EventClock.PickSecondAfterSignUp(ref random, user);
        Array.Sort(moments, 0, count);

        for (var index = 0; index < count; index++)
        {
            sink.Write(NextId());
            sink.Write(user.UserId);
            WriteEvent(user, isFirst: index == 0, ref random, sink, SyntheticTime.ToTimestamp(moments[index]));
            sink.EndRow();
        }

        return count;
    }

    private static int PickCount(in SyntheticUser user, ref SyntheticRandom random)
    {
        var average = (int)(CurveScale * SyntheticUser.LevelCount / (SyntheticUser.LevelCount + CurveOffset - user.Level));
        var personal = average * random.Between(60, 140) / 100;
        return Math.Min(MostEvents, random.RoundHundredths(user.Scale(personal)));
    }

    /// <summary>What a user does first is to log in.</summary>
    private static void WriteEvent(in SyntheticUser user, bool isFirst, ref SyntheticRandom random, IRowSink sink, DateTime at)
    {
        var kind = isFirst ? 0 : random.Next(100);
        sink.Write(kind < 72 ? "login" : kind < 92 ? "purchase" : "feedback");
        sink.WriteTimestamp(at);

        if (kind is >= 72 and < 92 && !random.Chance(5))
            sink.Write(FromHundredths(PickAmount(ref random)));
        else
            sink.WriteNull();

        if (kind >= 92 && !random.Chance(100))
            sink.Write(PickRating(user, ref random));
        else
            sink.WriteNull();
    }

    /// <summary>From 2.99 to about 500.00, mostly small.</summary>
    private static int PickAmount(ref SyntheticRandom random)
    {
        var root = random.Next(224);
        return 299 + (root * random.Next(224)) + random.Next(100);
    }

    private static int PickRating(in SyntheticUser user, ref SyntheticRandom random) =>
        Math.Clamp(2 + (user.Level / 300_000) + random.Between(-1, 1), 1, 5);
}

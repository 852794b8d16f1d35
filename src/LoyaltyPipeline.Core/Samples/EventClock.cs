namespace LoyaltyPipeline.Core.Samples;

/// <summary>Picks moments with a weekly and a daily rhythm.</summary>
internal static class EventClock
{
    /// <summary>The gap after a sign-up in which nothing else happens, so that an event can be a little older and still come after it.</summary>
    public const int QuietSecondsAfterSignUp = 60;

    private const int BusiestDay = 12;

    /// <summary>1970-01-01 was a Thursday.</summary>
    private static readonly int[] WeightsFromThursday = [12, 10, 6, 5, 11, 12, 12];

    /// <summary>No event starts after 23:00, so that a sign-up leaves time for an event on the same day.</summary>
    private static readonly byte[] Hours =
    [
        0, 1, 2, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 9, 9, 9, 9, 9, 10, 10, 10, 10, 10, 11, 11, 11, 11, 12, 12, 12, 12, 13,
        13, 13, 14, 14, 14, 14, 15, 15, 15, 15, 16, 16, 16, 16, 17, 17, 17, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 21, 21, 21, 22, 22,
    ];

    public static int PickDay(ref SampleRandom random, int firstDay, int lastDay)
    {
        while (true)
        {
            var day = random.Between(firstDay, lastDay);
            if (firstDay == lastDay || random.Next(BusiestDay) < WeightsFromThursday[day % 7])
                return day;
        }
    }

    public static int PickSecondOfDay(ref SampleRandom random) => (Hours[random.Next(Hours.Length)] * 3600) + random.Next(3600);

    /// <summary>A moment from <paramref name="firstDay"/> to the end of <paramref name="lastDay"/>, and after the user's sign-up.</summary>
    public static long PickSecond(ref SampleRandom random, in SampleUser user, int firstDay, int lastDay)
    {
        var day = PickDay(ref random, firstDay, lastDay);
        var second = ((long)day * SampleTime.SecondsPerDay) + PickSecondOfDay(ref random);
        return second >= user.SignedUpAt + QuietSecondsAfterSignUp
            ? second
            : user.SignedUpAt + QuietSecondsAfterSignUp + random.Next(1800);
    }
}

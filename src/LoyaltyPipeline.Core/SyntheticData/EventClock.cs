namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>Picks moments of a day.</summary>
internal static class EventClock
{
    /// <summary>
    /// The gap after a sign-up in which nothing else happens, so that an event can be a little older and still come after it.
    /// </summary>
    public const int QuietSecondsAfterSignUp = 60;

    /// <summary>No event starts after 23:00, so that a sign-up leaves time for an event on the same day.</summary>
    private static readonly byte[] Hours =
    [
        0, 1, 2, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 9, 9, 9, 9, 9, 10, 10, 10, 10, 10, 11, 11, 11, 11, 12, 12, 12, 12, 13,
        13, 13, 14, 14, 14, 14, 15, 15, 15, 15, 16, 16, 16, 16, 17, 17, 17, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 21, 21, 21, 22, 22,
    ];

    public static int PickSecondOfDay(ref SyntheticRandom random) => (Hours[random.Next(Hours.Length)] * 3600) + random.Next(3600);

    /// <summary>A moment of a day that comes after the user's sign-up.</summary>
    public static long PickSecond(ref SyntheticRandom random, in SyntheticUser user, int day)
    {
        var second = ((long)day * SyntheticTime.SecondsPerDay) + PickSecondOfDay(ref random);
        return second >= user.SignedUpAt + QuietSecondsAfterSignUp ? second : PickSecondAfterSignUp(ref random, user);
    }

    /// <summary>A moment soon after the sign-up, on its day.</summary>
    public static long PickSecondAfterSignUp(ref SyntheticRandom random, in SyntheticUser user) =>
        user.SignedUpAt + QuietSecondsAfterSignUp + random.Next(1800);
}

namespace LoyaltyPipeline.Core.Samples;

/// <summary>Describes any user of a sample from its index alone. Immutable, shared by all tables.</summary>
internal sealed class SamplePopulation
{
    private const int OlderHistoryInDays = 730;
    private const int PercentOfOlderUsers = 70;
    private const int LapsedPerThousand = 180;

    private readonly ulong stream;
    private readonly int olderUsers;

    public SamplePopulation(SampleOptions options)
    {
        Seed = options.Seed;
        Users = options.Users;
        Days = options.Days;
        FirstDay = SampleTime.ToDay(options.FirstDay);
        LastDay = SampleTime.ToDay(options.LastDay);
        stream = SampleRandom.Stream(options.Seed, "population");
        olderUsers = (int)((((long)Users * PercentOfOlderUsers) + 99) / 100);
    }

    public long Seed { get; }

    public int Users { get; }

    public int Days { get; }

    public int FirstDay { get; }

    public int LastDay { get; }

    public SampleUser Describe(int index)
    {
        var random = new SampleRandom(stream, index);
        var signUpDay = PickSignUpDay(ref random, index);
        var signedUpAt = ((long)signUpDay * SampleTime.SecondsPerDay) + EventClock.PickSecondOfDay(ref random);
        var firstDay = Math.Max(FirstDay, signUpDay);
        var lastActiveDay = random.Chance(LapsedPerThousand) ? random.Between(firstDay, LastDay) : LastDay;
        var region = SampleRegions.Pick(ref random);
        var level = SampleRegions.AdjustLevel(random.Next(SampleUser.LevelCount), region);

        // Newcomers try much in their first days, so that the share falls more slowly than the days.
        var activeShare = 250 + (int)(750L * (lastActiveDay - firstDay + 1) / Days);
        return new SampleUser(index + 1, signedUpAt, firstDay, lastActiveDay, LastDay, level, activeShare, region);
    }

    /// <summary>Keys are given in the order of sign-ups, as a sequence would.</summary>
    private int PickSignUpDay(ref SampleRandom random, int index) => index < olderUsers
        ? FirstDay - OlderHistoryInDays + PickSlot(ref random, index, olderUsers, OlderHistoryInDays)
        : FirstDay + PickSlot(ref random, index - olderUsers, Users - olderUsers, Days);

    private static int PickSlot(ref SampleRandom random, int position, int positions, int days) =>
        (int)((((long)position * days) + random.Next(days)) / positions);
}

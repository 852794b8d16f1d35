namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>Describes any user of a sample from its index alone. Immutable, shared by all tables.</summary>
internal sealed class SyntheticPopulation
{
    private const int OlderHistoryInDays = 730;
    private const int PercentOfOlderUsers = 70;
    private const int LapsedPerThousand = 180;

    // Powers of the reciprocal of the root of x⁴ = x + 1, as the golden section is of x² = x + 1: they spread points evenly in each of
    // three dimensions, and in all of them.
    private const ulong RegionStep = 0xD1B5_4A32_D192_ED03;
    private const ulong LevelStep = 0xABC9_8388_FB8F_AC03;
    private const ulong LapseStep = 0x8CB9_2BA7_2F3D_8DD7;

    private readonly ulong stream;
    private readonly int allUsers;
    private readonly int olderUsers;

    public SyntheticPopulation(SyntheticDataOptions options)
    {
        Seed = options.Seed;
        Users = allUsers = options.Users;
        Days = options.Days;
        FirstDay = SyntheticTime.ToDay(options.FirstDay);
        LastDay = SyntheticTime.ToDay(options.LastDay);
        Rhythm = new SyntheticRhythm(FirstDay, LastDay);
        stream = SyntheticRandom.Stream(options.Seed, "population");
        olderUsers = (int)((((long)Users * PercentOfOlderUsers) + 99) / 100);
    }

    private SyntheticPopulation(SyntheticPopulation whole, int users)
    {
        (Seed, Days, FirstDay, LastDay, Rhythm) = (whole.Seed, whole.Days, whole.FirstDay, whole.LastDay, whole.Rhythm);
        (stream, allUsers, olderUsers) = (whole.stream, whole.allUsers, whole.olderUsers);
        Users = Math.Min(whole.Users, users);
    }

    public long Seed { get; }

    public int Users { get; }

    public int Days { get; }

    public int FirstDay { get; }

    public int LastDay { get; }

    public SyntheticRhythm Rhythm { get; }

    /// <summary>The first users alone, each as among all.</summary>
    public SyntheticPopulation First(int users) => new(this, users);

    public SyntheticUser Describe(int index)
    {
        var random = new SyntheticRandom(stream, index);
        var signUpDay = PickSignUpDay(ref random, index);
        var signedUpAt = ((long)signUpDay * SyntheticTime.SecondsPerDay) + EventClock.PickSecondOfDay(ref random);
        var firstDay = Math.Max(FirstDay, signUpDay);
        var hasLapsed = Scale(Spread(index, LapseStep), 1000) < LapsedPerThousand;
        var lastActiveDay = hasLapsed ? random.Between(firstDay, LastDay) : LastDay;
        var region = SyntheticRegions.Pick(index, Spread(index, RegionStep), index >= olderUsers);
        var level = SyntheticRegions.AdjustLevel(Scale(Spread(index, LevelStep), SyntheticUser.LevelCount), region);
        return new SyntheticUser(
            index + 1, signedUpAt, FirstDay, firstDay, lastActiveDay, LastDay, level, Rhythm.Share(firstDay, lastActiveDay), region);
    }

    private static int Scale(uint point, int exclusiveMaximum) => (int)(((ulong)point * (ulong)exclusiveMaximum) >> 32);

    /// <summary>Another seed begins elsewhere.</summary>
    private uint Spread(int index, ulong step) => (uint)(((stream + (ulong)index) * step) >> 32);

    /// <summary>Keys are given in the order of sign-ups, as a sequence would.</summary>
    private int PickSignUpDay(ref SyntheticRandom random, int index) => index < olderUsers
        ? FirstDay - OlderHistoryInDays + (int)((((long)index * OlderHistoryInDays) + random.Next(OlderHistoryInDays)) / olderUsers)
        : Rhythm.DayAt(
            FirstDay, LastDay,
            (uint)((((ulong)(index - olderUsers) << 32) + ((ulong)random.Next(int.MaxValue) << 1)) / (ulong)(allUsers - olderUsers)));
}

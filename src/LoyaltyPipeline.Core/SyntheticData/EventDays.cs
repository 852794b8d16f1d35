namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>
/// Gives the rows of one table their days, so that the table has on each day what the rhythm lets expect. The first row of a user who was
/// there all the time lies on the last day: no table of however small a sample is out of date.
/// </summary>
internal sealed class EventDays(SyntheticRhythm rhythm)
{
    private EvenSequence whole = new(uint.MaxValue);
    private EvenSequence part = new(uint.MaxValue / 2);

    /// <summary>A moment while the user was active.</summary>
    public long PickActiveSecond(in SyntheticUser user, ref SyntheticRandom random) =>
        EventClock.PickSecond(ref random, user, PickDay(user.FirstDay, user.LastActiveDay, user));

    /// <summary>A moment since the user was there.</summary>
    public long PickSecond(in SyntheticUser user, ref SyntheticRandom random) =>
        EventClock.PickSecond(ref random, user, PickDay(user.FirstDay, user.LastDay, user));

    /// <summary>A day while the user was active, not before another day.</summary>
    public int PickActiveDay(in SyntheticUser user, int notBefore) => PickDay(Math.Max(user.FirstDay, notBefore), user.LastActiveDay, user);

    // Rows that may lie on any day have numbers of their own: between numbers that go elsewhere they would not be even.
    private int PickDay(int from, int to, in SyntheticUser user) =>
        rhythm.DayAt(from, to, from == user.SampleFirstDay && to == user.LastDay ? whole.Next() : part.Next());
}

using CsCheck;
using LoyaltyPipeline.Core.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

public sealed class SyntheticRhythmTests
{
    private static readonly int FirstDay = SyntheticTime.ToDay(new DateOnly(2025, 7, 1));

    [Fact]
    public void August_is_quiet_and_December_busy_and_no_day_leaps()
    {
        var year = Enumerable.Range(FirstDay, 365).ToDictionary(SyntheticTime.ToDate, SyntheticRhythm.Season);
        Assert.Equal(8, year.MinBy(day => day.Value).Key.Month);
        Assert.Equal(12, year.MaxBy(day => day.Value).Key.Month);
        Assert.All(year.Values.Zip(year.Values.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, -12, 12));
        Assert.InRange(year.Values.Average(), 0.98 * SyntheticRhythm.AverageSeason, 1.02 * SyntheticRhythm.AverageSeason);
    }

    /// <summary>As often as the rhythm has it, whichever days it is asked for.</summary>
    [Fact]
    public void Evenly_spread_points_fall_on_days_by_their_share() => Gen
        .Select(Gen.Int[1, 100], Gen.Int[0, 99], Gen.Int[0, 99]).Sample((days, one, other) =>
    {
        var rhythm = new SyntheticRhythm(FirstDay, FirstDay + days - 1);
        var (from, to) = (FirstDay + (Math.Min(one, other) % days), FirstDay + (Math.Max(one, other) % days));
        if (from > to)
            (from, to) = (to, from);
        const int Points = 4000;
        var found = Enumerable.Range(0, Points).Select(point => rhythm.DayAt(from, to, (uint)((ulong)point * uint.MaxValue / (Points - 1))))
            .ToList();
        Assert.Equal(found.Order(), found);
        Assert.Equal((from, to), (found[0], found[^1]));
        foreach (var half in new[] { (from, (from + to) / 2), (((from + to) / 2) + 1, to) }.Where(half => half.Item1 <= half.Item2))
        {
            var expected = rhythm.Share(half.Item1, half.Item2) / (double)rhythm.Share(from, to);
            Assert.InRange(found.Count(day => day >= half.Item1 && day <= half.Item2) / (double)Points, expected - 0.1, expected + 0.1);
        }
    }, iter: 100);

    [Fact]
    public void All_days_together_are_the_whole() =>
        Assert.Equal(1000, new SyntheticRhythm(FirstDay, FirstDay + 364).Share(FirstDay, FirstDay + 364));

    [Fact]
    public void An_even_sequence_begins_where_it_is_told_and_leaves_no_wide_gap()
    {
        var sequence = new EvenSequence(uint.MaxValue);
        var numbers = Enumerable.Range(0, 100).Select(_ => sequence.Next()).ToList();
        Assert.Equal(uint.MaxValue, numbers[0]);
        var gaps = numbers.Append(0u).Order().ToList();
        Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.InRange((pair.Second - pair.First) / (double)uint.MaxValue, 0, 0.02));
    }
}

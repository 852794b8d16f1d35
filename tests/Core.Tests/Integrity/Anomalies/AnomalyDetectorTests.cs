using CsCheck;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Integrity.Anomalies;
using LoyaltyPipeline.Core.Metrics;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Anomalies;

/// <summary>What the detector makes of series whose course is plain to see: 1000 a day, or about so many.</summary>
public sealed class AnomalyDetectorTests
{
    private const int Days = 120;

    // A Monday.
    private static readonly DateOnly First = new(2025, 1, 6);

    private static readonly AnomalySettings NoMonthEnds = new() { HasMonthEnds = false };

    private static readonly AnomalySettings Counts = NoMonthEnds with { IsCount = true, Least = 0 };

    [Fact]
    public void A_series_that_goes_on_as_before_is_normal()
    {
        var judgements = Judge(Noisy());

        Assert.All(judgements.Take(28), judgement => Assert.Equal(AnomalyStatus.NotEnoughHistory, judgement.Status));
        Assert.All(judgements.Skip(28), judgement => Assert.Equal(AnomalyStatus.Normal, judgement.Status));
        Assert.All(
            judgements.Skip(28), judgement => Assert.InRange(judgement.Actual!.Value, judgement.Lower!.Value, judgement.Upper!.Value));
        Assert.InRange(judgements[^1].Expected!.Value, 990, 1010);
    }

    [Theory]
    [InlineData(-100, AnomalyKind.Drop)]
    [InlineData(100, AnomalyKind.Spike)]
    public void One_day_far_off_is_a_drop_or_a_spike_and_the_next_is_normal(double change, AnomalyKind kind)
    {
        var values = Noisy();
        values[100] += change;

        var judgements = Judge(values);

        Assert.Equal([(First.AddDays(100), kind)], Alarms(judgements));
        Assert.InRange(judgements[100].Change!.Value, change - 15, change + 15);
    }

    [Theory]
    [InlineData(-100, AnomalyKind.Drop)]
    [InlineData(100, AnomalyKind.Spike)]
    public void Three_days_on_another_level_are_a_shift_and_then_the_level_is_the_new_one(double change, AnomalyKind first)
    {
        var values = Noisy();
        for (var index = 80; index < Days; index++)
            values[index] += change;

        var judgements = Judge(values);

        Assert.Equal(
            [(First.AddDays(80), first), (First.AddDays(81), first), (First.AddDays(82), AnomalyKind.LevelShift)], Alarms(judgements));
        Assert.InRange(judgements[^1].Expected!.Value, 990 + change, 1010 + change);
    }

    [Fact]
    public void Days_that_move_away_little_by_little_are_a_drift()
    {
        var values = Noisy();
        for (var index = 80; index < Days; index++)
            values[index] += 2 * Math.Min(index - 79, 28);

        var alarms = Alarms(Judge(values));

        Assert.InRange(alarms[0].Day, First.AddDays(83), First.AddDays(100));
        Assert.InRange(alarms.First(alarm => alarm.Kind == AnomalyKind.Drift).Day, First.AddDays(83), First.AddDays(100));
        Assert.DoesNotContain(alarms, alarm => alarm.Kind == AnomalyKind.LevelShift);
    }

    [Fact]
    public void A_day_without_a_figure_is_missing_where_one_is_expected()
    {
        var points = Points(Noisy()).Where((_, index) => index is not (100 or 101 or 119)).ToList();
        var weekdays = NoMonthEnds with { IsExpected = static day => day != First.AddDays(101) };

        var judgements = new AnomalyDetector(weekdays).JudgeAll(points, First.AddDays(119));

        Assert.Equal([(First.AddDays(100), AnomalyKind.MissingDay), (First.AddDays(119), AnomalyKind.MissingDay)], Alarms(judgements));
        Assert.DoesNotContain(judgements, judgement => judgement.Day == First.AddDays(101));
        Assert.Equal(AnomalyKind.MissingDay, new AnomalyDetector(weekdays).Judge(points, First.AddDays(119)).Kind);
        Assert.Equal(AnomalyStatus.NotEnoughHistory, new AnomalyDetector(weekdays).Judge(points, First.AddDays(101)).Status);
    }

    [Fact]
    public void A_figure_that_stands_still_is_frozen_until_it_moves()
    {
        var values = Noisy();
        for (var index = 100; index < 106; index++)
            values[index] = values[99];

        Assert.Equal(
            [102, 103, 104, 105],
            Alarms(Judge(values)).Where(alarm => alarm.Kind == AnomalyKind.Frozen).Select(alarm => alarm.Day.DayNumber - First.DayNumber));
    }

    [Fact]
    public void A_figure_of_which_only_more_is_unusual_may_stand_still()
    {
        var values = Noisy();
        for (var index = 100; index < 106; index++)
            values[index] = values[99];

        Assert.Empty(Alarms(Judge(values, new AnomalySettings { Direction = AnomalyDirection.Up })));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_figure_that_never_moves_is_normal_and_its_spread_is_not_zero(double value)
    {
        var judgements = Judge(Enumerable.Repeat(value, Days).ToArray());

        Assert.Empty(Alarms(judgements));
        Assert.All(judgements.Skip(28), judgement => Assert.True(judgement.Spread > 0, judgement.ToString()));
    }

    [Fact]
    public void A_figure_that_moved_three_times_in_its_first_month_may_stand_still_for_the_next_two() =>
        Assert.DoesNotContain(
            Alarms(Judge([.. Enumerable.Range(0, 90).Select(index => 1000.0 + (Math.Min(index, 27) / 9))])),
            alarm => alarm.Kind == AnomalyKind.Frozen);

    [Fact]
    public void A_figure_that_moves_once_a_month_is_not_frozen_in_between() =>
        Assert.DoesNotContain(
            Alarms(Judge([.. Enumerable.Range(0, 200).Select(index => 1000.0 + (index / 30))])), alarm => alarm.Kind == AnomalyKind.Frozen);

    [Fact]
    public void Growth_is_no_anomaly()
    {
        var values = Noisy().Select((value, index) => value + (5 * index)).ToArray();

        var judgements = Judge(values);

        Assert.Empty(Alarms(judgements));
        Assert.InRange(judgements[^1].Expected!.Value, values[^1] - 15, values[^1] + 15);
    }

    [Fact]
    public void Weekends_are_compared_with_weekends()
    {
        var values = Noisy().Select((value, index) => index % 7 >= 5 ? value - 500 : value).ToArray();
        Assert.Empty(Alarms(Judge(values)));

        // A Saturday like a Monday, and a Monday like a Saturday.
        (values[103], values[105]) = (values[105], values[103]);

        Assert.Equal([(First.AddDays(103), AnomalyKind.Spike), (First.AddDays(105), AnomalyKind.Drop)], Alarms(Judge(values)));
    }

    [Fact]
    public void Ends_of_months_are_compared_with_ends_of_months()
    {
        var values = Noisy(200);
        for (var index = 0; index < values.Length; index++)
            values[index] += First.AddDays(index + 1).Day == 1 ? 300 : 0;
        var settings = new AnomalySettings();
        var judgements = Judge(values, settings);

        Assert.Empty(Alarms(judgements));
        // The figures of the first two are what others are compared with.
        Assert.Equal(AnomalyStatus.NotEnoughHistory, judgements.Single(judgement => judgement.Day == new DateOnly(2025, 2, 28)).Status);
        Assert.InRange(judgements.Single(judgement => judgement.Day == new DateOnly(2025, 6, 30)).Expected!.Value, 1285, 1315);
        Assert.NotEmpty(Alarms(Judge(values, NoMonthEnds)));

        values[new DateOnly(2025, 6, 30).DayNumber - First.DayNumber] -= 300;
        Assert.Equal([(new DateOnly(2025, 6, 30), AnomalyKind.Drop)], Alarms(Judge(values, settings)));
    }

    [Fact]
    public void Of_a_holiday_nothing_is_expected_and_nothing_is_learned()
    {
        var values = Noisy();
        for (var index = 100; index < 105; index++)
            values[index] = 0;
        var holidays = NoMonthEnds with { Holidays = Enumerable.Range(100, 5).Select(First.AddDays).ToHashSet() };

        var judgements = Judge(values, holidays);

        Assert.Empty(Alarms(judgements));
        Assert.Equal(
            [100, 101, 102, 103, 104],
            judgements.Where(judgement => judgement.Status == AnomalyStatus.Holiday)
                .Select(judgement => judgement.Day.DayNumber - First.DayNumber));
        Assert.InRange(judgements[105].Expected!.Value, 990, 1010);
        Assert.Equal(AnomalyStatus.Holiday, new AnomalyDetector(holidays).Judge(Points(values[..100]), First.AddDays(100)).Status);
    }

    [Fact]
    public void Less_is_no_alarm_where_only_more_is()
    {
        var values = Noisy();
        (values[90], values[110]) = (500, 1500);

        var judgements = Judge(values, NoMonthEnds with { Direction = AnomalyDirection.Up });

        Assert.Equal([(First.AddDays(110), AnomalyKind.Spike)], Alarms(judgements));
        Assert.All(judgements, judgement => Assert.Null(judgement.Lower));
    }

    [Fact]
    public void A_lower_level_is_learned_where_only_more_is_an_alarm()
    {
        var values = Noisy();
        for (var index = 60; index < Days; index++)
            values[index] -= 400;
        values[110] += 200;

        Assert.Equal(
            [(First.AddDays(110), AnomalyKind.Spike)], Alarms(Judge(values, NoMonthEnds with { Direction = AnomalyDirection.Up })));
    }

    [Fact]
    public void The_spread_of_a_count_is_at_least_its_square_root()
    {
        var values = Enumerable.Repeat(100.0, Days).ToArray();
        values[110] = 125;

        Assert.Empty(Alarms(Judge(values, NoMonthEnds with { IsCount = true })));
        Assert.Equal([(First.AddDays(110), AnomalyKind.Spike)], Alarms(Judge(values)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(50)]
    public void A_constant_that_halves_is_unusual_and_then_the_level_is_the_new_one(double value)
    {
        var values = Enumerable.Repeat(value, Days).ToArray();
        for (var index = 100; index < Days; index++)
            values[index] = Math.Floor(value / 2);

        var judgements = Judge(values, Counts);

        Assert.Equal(
            [(First.AddDays(100), AnomalyKind.Drop), (First.AddDays(101), AnomalyKind.Drop), (First.AddDays(102), AnomalyKind.LevelShift)],
            Alarms(judgements).Take(3));
        Assert.Equal(3, Alarms(judgements).Count);
        Assert.Equal(AnomalyStatus.Normal, Judge([.. Enumerable.Repeat(value, 100), value - 1], Counts)[^1].Status);
    }

    // Nothing on most days, and now and then about twenty.
    [Fact]
    public void Days_of_nothing_among_others_are_no_alarm_and_neither_are_the_others()
    {
        var values = Enumerable.Range(0, 200).Select(index => index * 7 % 11 < 2 ? 18.0 + (index % 5) : 0).ToArray();
        Assert.Empty(Alarms(Judge(values, Counts)));

        values[150] = 100;

        Assert.Equal([(First.AddDays(150), AnomalyKind.Spike)], Alarms(Judge(values, Counts)));
    }

    [Fact]
    public void Small_counts_are_judged_by_chance_and_their_bounds_are_counts()
    {
        // Of a mean of 4.
        double[] pattern = [4, 2, 6, 3, 5, 4, 7, 1, 4, 3, 5, 2, 6];
        var values = Enumerable.Range(0, 200).Select(index => pattern[index * 5 % 13]).ToArray();
        var judgements = Judge(values, Counts);
        Assert.Empty(Alarms(judgements));
        Assert.All(judgements.Skip(28), judgement => Assert.Equal((0, 0), (judgement.Lower!.Value, judgement.Upper!.Value % 1)));
        Assert.Matches(@"^\d, where 0 to 1?\d is usual \(", judgements[^1].ToString());

        values[150] = 20;
        Assert.Equal([(First.AddDays(150), AnomalyKind.Spike)], Alarms(Judge(values, Counts)));
    }

    [Fact]
    public void Few_ends_of_months_make_a_wide_band_and_that_is_said()
    {
        var values = Noisy(700);
        var judgements = Judge(values, new AnomalySettings());
        var ends = judgements.Where(judgement => judgement.Day.AddDays(1).Day == 1 && judgement.Status == AnomalyStatus.Normal).ToList();

        Assert.EndsWith("; by 2 ends of months alone, so that the band is wide", ends[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ends of months", ends[^1].ToString(), StringComparison.Ordinal);
        Assert.True(ends[0].Upper - ends[0].Lower > 1.7 * (ends[^1].Upper - ends[^1].Lower), $"{ends[0]} {ends[^1]}");
    }

    [Fact]
    public void A_judgement_does_not_change_when_more_days_come()
    {
        var values = Noisy(160);
        for (var index = 90; index < values.Length; index++)
            values[index] += 80;
        var all = Judge(values);

        for (var length = 30; length <= values.Length; length += 13)
            Assert.Equal(all[length - 1], Judge(values[..length])[^1]);
    }

    [Fact]
    public void A_day_is_judged_alike_in_another_unit() => Gen
        .Select(Gen.Double[0.5, 2], Gen.Int[29, Days - 1], Gen.Double[-150, 150]).Sample((scale, at, change) =>
    {
        var values = Noisy();
        values[at] += change;
        var one = Judge(values)[at];
        var other = Judge([.. values.Select(value => value * scale)], NoMonthEnds with { AbsoluteFloor = scale })[at];
        return one.Kind == other.Kind && Math.Abs((one.Change!.Value * scale) - other.Change!.Value) < 1e-6;
    });

    [Fact]
    public void Figures_out_of_order_and_no_numbers_are_refused()
    {
        var detector = new AnomalyDetector(NoMonthEnds);
        MetricPoint[] twice = [new(First, 1), new(First, 2)];
        MetricPoint[] back = [new(First.AddDays(1), 1), new(First, 2)];

        Assert.Throws<ArgumentException>(() => detector.JudgeAll(twice, First.AddDays(9)));
        Assert.Throws<ArgumentException>(() => detector.JudgeAll(back, First.AddDays(9)));
        Assert.Throws<ArgumentException>(() => detector.JudgeAll([new(First, double.NaN)], First.AddDays(9)));
        Assert.Empty(detector.JudgeAll([], First));
    }

    // Deterministic, without rhythm: up to 10 round 1000.
    private static double[] Noisy(int days = Days) =>
        [.. Enumerable.Range(0, days).Select(index => 1000 + (10 * Math.Sin(index * 12.9898) * Math.Cos(index * 4.1414)))];

    private static IReadOnlyList<SeriesJudgement> Judge(double[] values, AnomalySettings? settings = null) =>
        new AnomalyDetector(settings ?? NoMonthEnds).JudgeAll(Points(values), First.AddDays(values.Length - 1));

    private static List<MetricPoint> Points(double[] values) =>
        [.. values.Select((value, index) => new MetricPoint(First.AddDays(index), value))];

    private static List<(DateOnly Day, AnomalyKind Kind)> Alarms(IReadOnlyList<SeriesJudgement> judgements) =>
        [.. judgements.Where(judgement => judgement.Kind is not null).Select(judgement => (judgement.Day, judgement.Kind!.Value))];
}

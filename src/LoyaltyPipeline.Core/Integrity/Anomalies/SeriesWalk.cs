using LoyaltyPipeline.Core.Configuration.Integrity;

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>Goes through a series, day by day, and judges each day by those before it.</summary>
internal sealed class SeriesWalk(AnomalySettings settings)
{
    // Ends of months, of which there are twelve a year; two are the least to have a middle.
    public const int MonthEnds = 12;
    private const int FewestMonthEnds = 2;

    // The variance of a median of n figures is about π/2 times that of their mean.
    private const double MedianVariance = Math.PI / 2;
    private const int SettledDays = 28;

    // A spread of few errors is often too small, and false alarms would be the price; about what Student's distribution adds at three
    // spreads.
    private const double FewErrors = 2;

    // Of few ends of months it is hardly known how far they differ from each other, and a band by the few would be too narrow.
    private const double FewMonthEnds = 1;

    // Half of a constant is beyond the default threshold; and of three at most one may go, or come, unnoticed.
    private const double ConstantSpread = 0.176;
    private const double LeastConstant = 4;

    // With a smaller mean, two days with the same count are nothing out of the way.
    private const double MovingMean = 5;

    private readonly SeriesBaseline _baseline = new(settings.WindowDays);
    private readonly CountSeries _counts = new(settings.WindowDays);
    private readonly RepeatedValue _repeated = new(settings);
    private readonly Excursion _above = new(settings);
    private readonly Excursion _below = new(settings);
    private readonly Queue<double> _errors = new();
    private readonly Queue<double> _monthEndErrors = new();

    /// <summary>Judges a day that has a figure.</summary>
    public SeriesJudgement Add(DateOnly day, double value)
    {
        var isMonthEnd = IsMonthEnd(day);
        var judgement = new SeriesJudgement(day, AnomalyStatus.NotEnoughHistory, _baseline.Count(day.DayNumber))
        {
            IsCount = settings.IsCount,
            Actual = value,
            MonthEnds = isMonthEnd ? _monthEndErrors.Count : null,
        };
        if (settings.Holidays.Contains(day))
            return judgement with { Status = AnomalyStatus.Holiday };
        // Of what is only ever unusual when it rises, a figure that stays is no reason for alarm.
        var isFrozen = _repeated.Add(value) && settings.Direction == AnomalyDirection.Both;
        var count = settings.IsCount ? _counts.Expect(day.DayNumber) : null;
        if (_baseline.Expect(day.DayNumber) is not { } expected)
        {
            Learn(day, value, count?.OfAll, upper: null);
            return judgement;
        }

        judgement = Judge(judgement, expected.Value, expected.LevelDays, count, isMonthEnd, isFrozen);
        Keep(isMonthEnd ? _monthEndErrors : _errors, isMonthEnd ? MonthEnds : settings.WindowDays, value - expected.Value);
        Learn(day, value, count?.OfAll, judgement.Upper);
        return judgement;
    }

    /// <summary>Judges a day that has none.</summary>
    public SeriesJudgement Miss(DateOnly day)
    {
        var judgement = new SeriesJudgement(day, AnomalyStatus.NotEnoughHistory, _baseline.Count(day.DayNumber));
        if (settings.Holidays.Contains(day))
            return judgement with { Status = AnomalyStatus.Holiday };
        return judgement.HistoryDays < settings.MinimumDays
            ? judgement
            : judgement with { Status = AnomalyStatus.Anomalous, Kind = AnomalyKind.MissingDay };
    }

    private static void Keep(Queue<double> errors, int count, double error)
    {
        errors.Enqueue(error);
        if (errors.Count > count)
            errors.Dequeue();
    }

    private SeriesJudgement Judge(
        SeriesJudgement judgement, double baseline, int levelDays, CountExpectation? count, bool isMonthEnd, bool isFrozen)
    {
        if (judgement.HistoryDays < settings.MinimumDays || (isMonthEnd && _monthEndErrors.Count < FewestMonthEnds))
            return judgement;
        var constant = settings.IsCount && (!isMonthEnd || _monthEndErrors.All(static error => error == 0))
            ? _baseline.Constant(judgement.Day.DayNumber)
            : null;
        judgement = BySpread(judgement, baseline, levelDays, isMonthEnd, constant);
        var deviation = judgement.Change!.Value / judgement.Spread!.Value;
        if (constant is null && count is { } chance)
        {
            (judgement, deviation) = ByChance(judgement, deviation, chance, isMonthEnd);
            // Of small counts many are equal, and of nothing day after day is nothing.
            isFrozen &= chance.OfAll >= MovingMean && judgement.Actual > 0;
        }

        var kind = isFrozen ? AnomalyKind.Frozen : KindOf(judgement, deviation, isMonthEnd);
        return kind is null ? judgement : judgement with { Status = AnomalyStatus.Anomalous, Kind = kind };
    }

    private SeriesJudgement BySpread(SeriesJudgement judgement, double baseline, int levelDays, bool isMonthEnd, double? constant)
    {
        var (expected, spread) = (
            baseline, Floored(RobustStatistics.Spread(_errors) * (1 + (FewErrors / _errors.Count)), baseline, judgement.Day));
        if (constant is { } always)
            (expected, spread) = (always, Math.Min(Floored(0, always, judgement.Day), ConstantSpread * Math.Max(always, LeastConstant)));
        else if (isMonthEnd)
        {
            var (usual, few) = (RobustStatistics.Median([.. _monthEndErrors]), _monthEndErrors.Count < MonthEnds);
            var own = Math.Max(spread, RobustStatistics.Spread(_monthEndErrors.Select(error => error - usual)))
                * Uncertainty(_monthEndErrors.Count);
            (expected, spread) = (baseline + usual, own * (few ? 1 + (FewMonthEnds / _monthEndErrors.Count) : 1));
        }

        // A level of few days is not known well yet; the usual errors are those of a settled one.
        spread *= levelDays < SettledDays && constant is null ? Uncertainty(levelDays) / Uncertainty(SettledDays) : 1;
        var reach = settings.Threshold * spread;
        return judgement with
        {
            Status = AnomalyStatus.Normal,
            Expected = expected,
            Spread = spread,
            Lower = settings.Direction == AnomalyDirection.Up ? null : Math.Max(settings.Least, expected - reach),
            Upper = expected + reach,
        };
    }

    // The last day of a month is unusual where it is so among days of its own kind, too.
    private (SeriesJudgement Judgement, double Deviation) ByChance(
        SeriesJudgement spread, double deviationBySpread, CountExpectation count, bool isMonthEnd)
    {
        var chance = new CountDistribution(count);
        var (actual, least) = (spread.Actual!.Value, settings.AbsoluteFloor * settings.Threshold);
        // A row more or less is nothing unusual, however improbable.
        var limit = Math.Abs(actual - count.OfAll) / settings.AbsoluteFloor;
        var deviation = Math.Clamp(chance.DeviationOf(actual), -limit, limit);
        var (lower, upper) = (
            Math.Max(settings.Least, Math.Min(chance.Lower(settings.Threshold), Math.Ceiling(count.OfAll - least))),
            Math.Max(chance.Upper(settings.Threshold), Math.Floor(count.OfAll + least)));
        if (isMonthEnd)
        {
            (lower, upper) = (Math.Min(lower, spread.Lower ?? lower), Math.Max(upper, spread.Upper!.Value));
            deviation = Math.Sign(deviation) == Math.Sign(deviationBySpread)
                ? Math.Sign(deviation) * Math.Min(Math.Abs(deviation), Math.Abs(deviationBySpread))
                : 0;
        }

        return (spread with
        {
            Expected = count.OfAll,
            Spread = Math.Max(settings.AbsoluteFloor, count.Spread),
            Lower = spread.Lower is null ? null : lower,
            Upper = upper,
        }, deviation);
    }

    private AnomalyKind? KindOf(SeriesJudgement judgement, double deviation, bool isMonthEnd)
    {
        var day = judgement.Day.DayNumber;
        // The last day of a month is a day of its own kind, and no part of a movement.
        if (!isMonthEnd)
        {
            var (up, down) = (_above.Add(day, deviation), _below.Add(day, -deviation));
            if ((up ?? down) is { } movement)
            {
                _baseline.BeginLevel(movement.Since);
                _counts.BeginLevel(movement.Since);
                _above.Reset();
                _below.Reset();
                return up is null && settings.Direction == AnomalyDirection.Up ? null : movement.Kind;
            }
        }

        if (deviation > settings.Threshold)
            return AnomalyKind.Spike;
        return deviation < -settings.Threshold && settings.Direction == AnomalyDirection.Both ? AnomalyKind.Drop : null;
    }

    private double Floored(double spread, double expected, DateOnly day)
    {
        var floor = Math.Max(Math.Max(settings.AbsoluteFloor, settings.FloorOf(day)), settings.RelativeFloor * Math.Abs(expected));
        if (settings.IsCount)
            floor = Math.Max(floor, Math.Sqrt(Math.Abs(expected)));
        return double.IsNaN(spread) ? floor : Math.Max(spread, floor);
    }

    private static double Uncertainty(int figures) => Math.Sqrt(1 + (MedianVariance / figures));

    private void Learn(DateOnly day, double value, double? expectedCount, double? upper)
    {
        if (settings.IsCount)
            _counts.Add(day.DayNumber, value, expectedCount, upper);
        if (!IsMonthEnd(day))
            _baseline.Add(day.DayNumber, value);
    }

    private bool IsMonthEnd(DateOnly day) => settings.HasMonthEnds && day.AddDays(1).Day == 1;
}

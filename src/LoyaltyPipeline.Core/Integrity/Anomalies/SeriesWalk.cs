namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>Goes through a series, day by day, and judges each day by those before it.</summary>
/// <param name="settings">The limits.</param>
internal sealed class SeriesWalk(AnomalySettings settings)
{
    // Ends of months, of which there are twelve a year; two are the least to have a middle.
    private const int MonthEnds = 12;
    private const int FewestMonthEnds = 2;

    // The variance of a median of n figures is about π/2 times that of their mean.
    private const double MedianVariance = Math.PI / 2;
    private const int SettledDays = 28;

    // A spread of few errors is often too small, and false alarms would be the price; about what Student's distribution adds at three spreads.
    private const double FewErrors = 2;

    private readonly SeriesBaseline _baseline = new(settings.WindowDays);
    private readonly RepeatedValue _repeated = new(settings);
    private readonly Excursion _above = new(settings);
    private readonly Excursion _below = new(settings);
    private readonly Queue<double> _errors = new();
    private readonly Queue<double> _monthEndErrors = new();

    /// <summary>Judges a day that has a figure.</summary>
    public SeriesJudgement Add(DateOnly day, double value)
    {
        var isMonthEnd = IsMonthEnd(day);
        var judgement = new SeriesJudgement(day, AnomalyStatus.NotEnoughHistory, _baseline.Count(day.DayNumber)) { Actual = value, MonthEnds = isMonthEnd ? _monthEndErrors.Count : null };
        if (settings.Holidays.Contains(day))
            return judgement with { Status = AnomalyStatus.Holiday };
        // Of what is only ever unusual when it rises, a figure that stays is no reason for alarm.
        var isFrozen = _repeated.Add(value) && settings.Direction == AnomalyDirection.Both;
        if (_baseline.Expect(day.DayNumber) is not { } expected)
        {
            Learn(day, value);
            return judgement;
        }

        judgement = Judge(judgement, expected.Value, expected.LevelDays, isMonthEnd, isFrozen);
        Keep(isMonthEnd ? _monthEndErrors : _errors, isMonthEnd ? MonthEnds : settings.WindowDays, value - expected.Value);
        Learn(day, value);
        return judgement;
    }

    /// <summary>Judges a day that has none.</summary>
    public SeriesJudgement Miss(DateOnly day)
    {
        var judgement = new SeriesJudgement(day, AnomalyStatus.NotEnoughHistory, _baseline.Count(day.DayNumber));
        if (settings.Holidays.Contains(day))
            return judgement with { Status = AnomalyStatus.Holiday };
        return judgement.HistoryDays < settings.MinimumDays ? judgement : judgement with { Status = AnomalyStatus.Anomalous, Kind = AnomalyKind.MissingDay };
    }

    private static void Keep(Queue<double> errors, int count, double error)
    {
        errors.Enqueue(error);
        if (errors.Count > count)
            errors.Dequeue();
    }

    private SeriesJudgement Judge(SeriesJudgement judgement, double baseline, int levelDays, bool isMonthEnd, bool isFrozen)
    {
        if (judgement.HistoryDays < settings.MinimumDays || (isMonthEnd && _monthEndErrors.Count < FewestMonthEnds))
            return judgement;
        var (expected, spread) = (baseline, Floored(RobustStatistics.Spread(_errors) * (1 + (FewErrors / _errors.Count)), baseline, judgement.Day));
        if (isMonthEnd)
        {
            var usual = RobustStatistics.Median([.. _monthEndErrors]);
            (expected, spread) = (baseline + usual, Math.Max(spread, RobustStatistics.Spread(_monthEndErrors.Select(error => error - usual))) * Uncertainty(_monthEndErrors.Count));
        }

        // A level of few days is not known well yet; the usual errors are those of a settled one.
        spread *= levelDays < SettledDays ? Uncertainty(levelDays) / Uncertainty(SettledDays) : 1;
        var reach = settings.Threshold * spread;
        judgement = judgement with
        {
            Status = AnomalyStatus.Normal,
            Expected = expected,
            Spread = spread,
            Lower = settings.Direction == AnomalyDirection.Up ? null : expected - reach,
            Upper = expected + reach,
        };
        var kind = isFrozen ? AnomalyKind.Frozen : KindOf(judgement, isMonthEnd);
        return kind is null ? judgement : judgement with { Status = AnomalyStatus.Anomalous, Kind = kind };
    }

    private AnomalyKind? KindOf(SeriesJudgement judgement, bool isMonthEnd)
    {
        var (day, deviation) = (judgement.Day.DayNumber, judgement.Change!.Value / judgement.Spread!.Value);
        // The last day of a month is a day of its own kind, and no part of a movement.
        if (!isMonthEnd)
        {
            var (up, down) = (_above.Add(day, deviation), _below.Add(day, -deviation));
            if ((up ?? down) is { } movement)
            {
                _baseline.BeginLevel(movement.Since);
                _above.Reset();
                _below.Reset();
                return up is null && settings.Direction == AnomalyDirection.Up ? null : movement.Kind;
            }
        }

        if (judgement.Actual > judgement.Upper)
            return AnomalyKind.Spike;
        return judgement.Actual < judgement.Lower ? AnomalyKind.Drop : null;
    }

    private double Floored(double spread, double expected, DateOnly day)
    {
        var floor = Math.Max(Math.Max(settings.AbsoluteFloor, settings.FloorOf(day)), settings.RelativeFloor * Math.Abs(expected));
        if (settings.IsCount)
            floor = Math.Max(floor, Math.Sqrt(Math.Abs(expected)));
        return double.IsNaN(spread) ? floor : Math.Max(spread, floor);
    }

    private static double Uncertainty(int figures) => Math.Sqrt(1 + (MedianVariance / figures));

    private void Learn(DateOnly day, double value)
    {
        if (!IsMonthEnd(day))
            _baseline.Add(day.DayNumber, value);
    }

    private bool IsMonthEnd(DateOnly day) => settings.HasMonthEnds && day.AddDays(1).Day == 1;
}

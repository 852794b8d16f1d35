namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>
/// Counts that are small, or often nothing: how they spread is no matter of a standard deviation. The mean of the last weeks, by weekday,
/// and what counts spread about it beyond chance, make the distribution that a day is judged by; days of nothing are told apart where there
/// are more of them than go with the others.
/// </summary>
/// <param name="windowDays">How many days are looked at.</param>
internal sealed class CountSeries(int windowDays)
{
    private const int WeekDays = 7;

    // By how much weekdays differ, as the variance of their shares, where they do; and how many of all days at least speak for a weekday.
    private const double WeekdaySpread = 0.2;
    private const double LeastOthers = 1;

    private const int LevelDays = 56;

    // With fewer judgements it is not known how far they are off.
    private const int FewErrors = 14;

    private const int FewestDays = 3;

    // From so many on, and of so few days of nothing, counts are like other figures.
    private const double SmallMean = 20;
    private const double ManyZeros = 0.1;

    // Nothing at all is known of a mean that never was.
    private const double LeastTotal = 0.5;

    // So many deviations more days of nothing than go with the others, and this share at least, are no chance.
    private const double Inflated = 3;
    private const double LeastInflation = 0.02;

    // Until the mean of Poisson's distribution that goes with the days of something stands.
    private const int Steps = 30;

    // Days of nothing that go by the weekday: chi-square of six degrees of freedom, at 1 in 1000.
    private const double ByWeekday = 22.5;
    private const double LittleOfOthers = 0.15;

    // Of few days with something, neither how much nor how spread it is is known well.
    private const double FewDays = 4;

    // What is far beyond all that was expected is learned as if it were less: one day must not make the next ones look usual, and a few
    // must.
    private const double Learned = 2;

    private readonly Queue<(int Day, double Count)> _counts = new();
    private readonly Queue<(double Squares, double Mean)> _errors = new();
    private int _levelSince = int.MinValue;
    private double _sum;
    private int _zeros;

    /// <summary>Begins a new level.</summary>
    public void BeginLevel(int day) => _levelSince = day;

    private bool Fits(int day)
    {
        MoveWindow(day);
        return _counts.Count > 0 && (_sum < SmallMean * _counts.Count || _zeros > ManyZeros * _counts.Count);
    }

    /// <summary>What to expect of a day; null where counts are not judged so.</summary>
    public CountExpectation? Expect(int day)
    {
        if (!Fits(day))
            return null;
        var level = _counts.Where(one => one.Day >= _levelSince).ToList();
        if (level.Count < FewestDays)
            level = [.. _counts];
        return IsInflated(level) ? OfSome(level, day) : OfAll(level, day);
    }

    /// <summary>Learns a count.</summary>
    /// <param name="expected">The mean that was expected; null where none was.</param>
    /// <param name="upper">The largest count that would have been usual; null where that is not known.</param>
    public void Add(int day, double count, double? expected, double? upper)
    {
        var learned = upper is { } most ? Math.Min(count, Learned * Math.Max(most, 1)) : count;
        _counts.Enqueue((day, learned));
        _sum += learned;
        _zeros += learned == 0 ? 1 : 0;
        if (expected is { } mean)
            _errors.Enqueue(((learned - mean) * (learned - mean), mean));
        if (_errors.Count > windowDays)
            _errors.Dequeue();
    }

    // Of what there is on the other days, were it Poisson's, some would be nothing.
    private static bool IsInflated(List<(int Day, double Count)> level)
    {
        var some = level.Where(one => one.Count > 0).ToList();
        if (some.Count == 0 || some.Count == level.Count)
            return false;
        var ofSome = some.Average(one => one.Count);
        var mean = Math.Max(0, ofSome - 1);
        for (var step = 0; step < Steps; step++)
            mean = ofSome * (1 - Math.Exp(-mean));
        var zeros = Math.Exp(-mean);
        return 1 - ((double)some.Count / level.Count) > zeros + LeastInflation + (Inflated * Math.Sqrt(zeros * (1 - zeros) / level.Count));
    }

    private CountExpectation OfAll(List<(int Day, double Count)> level, int day)
    {
        var recent = level.TakeLast(LevelDays).ToList();
        var total = recent.Sum(one => one.Count);
        var mean = total / Math.Max(1, recent.Count);
        var window = Math.Max(LeastTotal, _counts.Sum(one => one.Count)) / Math.Max(1, _counts.Count);
        // The more counts spread by themselves, the less the few of a weekday say of it.
        var (same, beyond) = (_counts.Where(one => one.Day % WeekDays == day % WeekDays).ToList(), Dispersion(level, mean));
        var noise = (1 / window) + beyond;
        var others = Math.Max(LeastOthers, noise / WeekdaySpread);
        var ratio = (same.Sum(one => one.Count) + (others * window)) / ((same.Count + others) * window);
        // What is not known of the mean itself adds to what counts spread.
        return new CountExpectation(mean * ratio, beyond + (noise / (same.Count + others)) + (1 / (total + 1)));
    }

    private static CountExpectation OfSome(List<(int Day, double Count)> level, int day)
    {
        var some = level.Where(one => one.Count > 0).Select(one => one.Count).ToList();
        var mean = some.Average();
        var beyondOne = Math.Max(LeastTotal, mean - 1);
        var variance = some.Count > 1 ? some.Sum(count => (count - mean) * (count - mean)) / (some.Count - 1) : 0;
        var beyond = Math.Max(0, (variance - beyondOne) / (beyondOne * beyondOne));
        return new CountExpectation(
            mean, (beyond * (1 + (FewDays / some.Count))) + (((1 / beyondOne) + 1) / some.Count), Zeros(level, day));
    }

    private static double Zeros(List<(int Day, double Count)> level, int day)
    {
        var all = (level.Count(one => one.Count == 0) + LeastTotal) / (level.Count + 1);
        var weekdays = level.GroupBy(one => one.Day % WeekDays)
            .Select(group => (Weekday: group.Key, Days: group.Count(), Zeros: group.Count(one => one.Count == 0))).ToList();
        if (weekdays.Sum(one => Math.Pow(one.Zeros - (one.Days * all), 2) / (one.Days * all * (1 - all))) < ByWeekday)
            return all;
        var own = weekdays.FirstOrDefault(one => one.Weekday == day % WeekDays);
        return (own.Zeros + (LittleOfOthers * all)) / (own.Days + LittleOfOthers);
    }

    // By moments: what the squares of errors are beyond the means, as a share of the squares of the means.
    private double Dispersion(List<(int Day, double Count)> level, double mean)
    {
        if (_errors.Count < FewErrors)
            return mean > 0
                ? Math.Max(
                    0,
                    (level.Sum(one => (one.Count - mean) * (one.Count - mean)) - (level.Count * mean))
                        / (Math.Max(1, level.Count - 1) * mean * mean))
                : 0;
        var squares = _errors.Sum(error => error.Mean * error.Mean);
        return squares > 0 ? Math.Max(0, (_errors.Sum(error => error.Squares) - _errors.Sum(error => error.Mean)) / squares) : 0;
    }

    private void MoveWindow(int day)
    {
        while (_counts.TryPeek(out var oldest) && oldest.Day < day - windowDays)
        {
            _counts.Dequeue();
            _sum -= oldest.Count;
            _zeros -= oldest.Count == 0 ? 1 : 0;
        }
    }
}

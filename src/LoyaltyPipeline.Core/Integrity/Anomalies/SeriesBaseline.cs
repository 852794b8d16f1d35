namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>
/// What the days before let expect of a day: the level and the trend since the series last changed its level, and what is usual on that day of the week.
/// Days that are unlike others, as holidays and the last of a month, are left out.
/// </summary>
/// <param name="windowDays">How many days are looked at.</param>
internal sealed class SeriesBaseline(int windowDays)
{
    private const int WeekDays = 7;

    // On either side of a day, so that the week round it has each weekday once.
    private const int HalfWeek = 3;

    // Of seven; with fewer the median of a week depends on which are missing.
    private const int FullWeek = 5;

    // A weekday that was seen once may have been unusual that once.
    private const int SameWeekdays = 2;

    private const int TrendDays = 14;

    // Where a trend bends, recent weeks say more of the level than all of the window.
    private const int LevelDays = 56;

    // With fewer of a weekday, what the level leaves over of them is mostly noise.
    private const int LeftOver = 4;

    private readonly List<int> _days = [];
    private readonly List<double> _values = [];

    // From the median of the week round each day; not a number where that week is not known whole.
    private readonly List<double> _departures = [];

    private int _levelSince = int.MinValue;
    private double _slope;

    /// <summary>How many figures the window holds before a day.</summary>
    public int Count(int day) => _days.Count - First(day - windowDays);

    /// <summary>Learns a figure.</summary>
    public void Add(int day, double value)
    {
        _days.Add(day);
        _values.Add(value);
        _departures.Add(double.NaN);
        // The week round a day is known whole three days later.
        for (var index = _days.Count - 1; index >= 0 && _days[index] >= day - WeekDays; index--)
            _departures[index] = day - _days[index] >= HalfWeek ? Departure(index) : double.NaN;
    }

    /// <summary>Begins a new level: days before say nothing of it and its trend any more, only of the weekdays.</summary>
    public void BeginLevel(int day) => (_levelSince, _slope) = (day, 0);

    /// <summary>What to expect of a day, and of how many days that is the level.</summary>
    /// <returns>Null where the weekday has not been seen often enough.</returns>
    public (double Value, int LevelDays)? Expect(int day)
    {
        var first = First(day - windowDays);
        if (Weekdays(first) is not { } weekdays || double.IsNaN(weekdays[Weekday(day)]))
            return null;
        var start = Math.Max(first, First(_levelSince));
        var level = new List<(int Day, double Value)>(_days.Count - start);
        for (var index = start; index < _days.Count; index++)
        {
            if (!double.IsNaN(weekdays[Weekday(_days[index])]))
                level.Add((_days[index], _values[index] - weekdays[Weekday(_days[index])]));
        }

        if (level.Count == 0)
            return null;
        if (level.Count >= TrendDays)
            _slope = Slope(level);
        var recent = level.TakeLast(LevelDays).Select(point => point.Value + (_slope * (day - point.Day))).ToList();
        var value = RobustStatistics.Median(recent);
        // What the level leaves over on this weekday is known better than the week round each day was.
        var left = level.Where(point => Weekday(point.Day) == Weekday(day)).Select(point => point.Value + (_slope * (day - point.Day)) - value).ToList();
        return (value + weekdays[Weekday(day)] + (left.Count >= LeftOver ? RobustStatistics.Median(left) : 0), recent.Count);
    }

    private static int Weekday(int day) => day % WeekDays;

    // Theil's incomplete method: the median slope between each point of the first half and its counterpart in the second (H. Theil, 1950).
    private static double Slope(List<(int Day, double Value)> points)
    {
        var half = points.Count / 2;
        var slopes = new List<double>(half);
        for (var index = 0; index < half; index++)
        {
            var (left, right) = (points[index], points[points.Count - half + index]);
            slopes.Add((right.Value - left.Value) / (right.Day - left.Day));
        }

        return RobustStatistics.Median(slopes);
    }

    private int First(int day)
    {
        var index = _days.BinarySearch(day);
        return index < 0 ? ~index : index;
    }

    private double Departure(int index)
    {
        var week = new List<double>(WeekDays);
        for (var other = First(_days[index] - HalfWeek); other < _days.Count && _days[other] <= _days[index] + HalfWeek; other++)
            week.Add(_values[other]);
        return week.Count >= FullWeek ? _values[index] - RobustStatistics.Median(week) : double.NaN;
    }

    private double[]? Weekdays(int first)
    {
        var departures = Enumerable.Range(0, WeekDays).Select(_ => new List<double>()).ToArray();
        for (var index = first; index < _days.Count; index++)
        {
            if (!double.IsNaN(_departures[index]))
                departures[Weekday(_days[index])].Add(_departures[index]);
        }

        return [.. departures.Select(values => values.Count >= SameWeekdays ? RobustStatistics.Median(values) : double.NaN)];
    }
}

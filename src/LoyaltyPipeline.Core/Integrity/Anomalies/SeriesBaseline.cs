using System.Runtime.CompilerServices;

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>
/// What the days before let expect of a day: the level and the trend since the series last changed its level, and what is usual on that day
/// of the week. Days that are unlike others, as holidays and the last of a month, are left out.
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

    // What is the same on so many days of as many as that is constant.
    private const int AFewDays = 14;
    private const double AlmostAll = 0.9;

    private readonly List<int> _days = [];
    private readonly List<double> _values = [];

    // From the median of the week round each day; not a number where that week is not known whole. The last days lack theirs.
    private readonly List<double> _departures = [];

    // What is usual on each day of the week, and whether that is still so.
    private readonly double[] _usual = new double[WeekDays];
    private readonly bool[] _isStale = Enumerable.Repeat(true, WeekDays).ToArray();

    private int _first;
    private int _levelSince = int.MinValue;
    private double _slope;

    /// <summary>How many figures the window holds before a day.</summary>
    public int Count(int day) => _days.Count - IndexOf(day - windowDays);

    /// <summary>Learns a figure.</summary>
    public void Add(int day, double value)
    {
        _days.Add(day);
        _values.Add(value);
        // The week round a day is known whole three days later.
        for (var index = _departures.Count; _days[index] <= day - HalfWeek; index++)
        {
            _departures.Add(Departure(index));
            _isStale[Weekday(_days[index])] = true;
        }
    }

    /// <summary>The figure that almost all days of the level had, more than 0; null where there is none.</summary>
    public double? Constant(int day)
    {
        MoveWindow(day);
        var start = Math.Max(_first, IndexOf(_levelSince));
        var level = _values[start..];
        if (level.Count < AFewDays || RobustStatistics.Median([.. level]) is not (> 0 and var median))
            return null;
        return level.Count(value => value.Equals(median)) >= AlmostAll * level.Count ? median : null;
    }

    /// <summary>Begins a new level: days before say nothing of it and its trend any more, only of the weekdays.</summary>
    public void BeginLevel(int day) => (_levelSince, _slope) = (day, 0);

    /// <summary>What to expect of a day, and of how many days that is the level.</summary>
    /// <returns>Null where the weekday has not been seen often enough.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Value, int LevelDays)? Expect(int day)
    {
        MoveWindow(day);
        var weekday = Usual(Weekday(day));
        var level = Level();
        if (double.IsNaN(weekday) || level.Count == 0)
            return null;
        if (level.Count >= TrendDays)
            _slope = Slope(level);
        var recent = new List<double>(LevelDays);
        for (var index = Math.Max(0, level.Count - LevelDays); index < level.Count; index++)
            recent.Add(Moved(level[index], day));
        var value = RobustStatistics.Median(recent);
        // What the level leaves over on this weekday is known better than the week round each day was.
        var left = new List<double>(level.Count);
        foreach (var point in level)
        {
            if (Weekday(point.Day) == Weekday(day))
                left.Add(Moved(point, day) - value);
        }

        return (value + weekday + (left.Count >= LeftOver ? RobustStatistics.Median(left) : 0), recent.Count);
    }

    private static int Weekday(int day) => day % WeekDays;

    // Theil's incomplete method: the median slope between each point of the first half and its counterpart in the second (H. Theil, 1950).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    private double Moved((int Day, double Value) point, int day) => point.Value + (_slope * (day - point.Day));

    // The figures since the level began, without what is usual on their weekdays.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private List<(int Day, double Value)> Level()
    {
        var start = Math.Max(_first, IndexOf(_levelSince));
        var level = new List<(int Day, double Value)>(_days.Count - start);
        for (var index = start; index < _days.Count; index++)
        {
            var usual = Usual(Weekday(_days[index]));
            if (!double.IsNaN(usual))
                level.Add((_days[index], _values[index] - usual));
        }

        return level;
    }

    private void MoveWindow(int day)
    {
        for (var first = IndexOf(day - windowDays); _first < first; _first++)
            _isStale[Weekday(_days[_first])] = true;
    }

    private double Usual(int weekday)
    {
        if (!_isStale[weekday])
            return _usual[weekday];
        var departures = new List<double>(windowDays / WeekDays);
        for (var index = _first; index < _departures.Count; index++)
        {
            if (Weekday(_days[index]) == weekday && !double.IsNaN(_departures[index]))
                departures.Add(_departures[index]);
        }

        _isStale[weekday] = false;
        return _usual[weekday] = departures.Count >= SameWeekdays ? RobustStatistics.Median(departures) : double.NaN;
    }

    private double Departure(int index)
    {
        var week = new List<double>(WeekDays);
        for (var other = IndexOf(_days[index] - HalfWeek); other < _days.Count && _days[other] <= _days[index] + HalfWeek; other++)
            week.Add(_values[other]);
        return week.Count >= FullWeek ? _values[index] - RobustStatistics.Median(week) : double.NaN;
    }

    // Of the first figure on a day or after it.
    private int IndexOf(int day)
    {
        var index = _days.BinarySearch(day);
        return index < 0 ? ~index : index;
    }
}

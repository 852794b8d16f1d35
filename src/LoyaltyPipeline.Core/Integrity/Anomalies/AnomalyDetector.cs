using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>
/// Finds what is unusual in a series of daily figures. A day is judged by the days before it alone, so a judgement never changes when more
/// days come; the same figures always give the same judgements.
/// </summary>
/// <param name="settings">How the days are judged.</param>
public sealed class AnomalyDetector(AnomalySettings settings)
{
    /// <summary>Judges all days of a series.</summary>
    /// <param name="points">The figures, the earliest day first, each day once.</param>
    /// <param name="last">The last day to judge.</param>
    /// <returns>A judgement for each day that has a figure or should have one, from the first figure on.</returns>
    /// <exception cref="ArgumentException">The days are not in order, or a figure is no finite number.</exception>
    public IReadOnlyList<SeriesJudgement> JudgeAll(IReadOnlyList<MetricPoint> points, DateOnly last)
    {
        var walk = new SeriesWalk(settings);
        var judgements = new List<SeriesJudgement>(points.Count);
        DateOnly? next = null;
        foreach (var point in points.TakeWhile(point => point.Day <= last))
        {
            if (point.Day < next)
                throw new ArgumentException($"The day {point.Day:O} is out of order.", nameof(points));
            if (!double.IsFinite(point.Value))
                throw new ArgumentException($"The figure of {point.Day:O} is no finite number.", nameof(points));
            judgements.AddRange(Missing(next ?? point.Day, point.Day).Select(walk.Miss));
            judgements.Add(walk.Add(point.Day, point.Value));
            next = point.Day.AddDays(1);
        }

        if (next is { } after)
            judgements.AddRange(Missing(after, last.AddDays(1)).Select(walk.Miss));
        return judgements;
    }

    /// <summary>Judges a day of a series.</summary>
    /// <param name="points">The figures, the earliest day first, each day once.</param>
    /// <returns>The judgement; of a day that need not have a figure and has none, that there is not enough history.</returns>
    /// <exception cref="ArgumentException">The days are not in order, or a figure is no finite number.</exception>
    public SeriesJudgement Judge(IReadOnlyList<MetricPoint> points, DateOnly day) =>
        JudgeAll(points, day) is [.., { } judgement] && judgement.Day == day
            ? judgement
            : new SeriesJudgement(day, AnomalyStatus.NotEnoughHistory, HistoryDays: 0);

    private IEnumerable<DateOnly> Missing(DateOnly from, DateOnly to)
    {
        for (var day = from; day < to; day = day.AddDays(1))
        {
            if (settings.IsExpected(day))
                yield return day;
        }
    }
}

using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Integrity.Anomalies;

namespace LoyaltyPipeline.Anomalies;

/// <summary>Lets the detector judge series whose faults are known.</summary>
public static class DetectionTrial
{
    /// <summary>Judges series, each day by those before it.</summary>
    /// <param name="fault">The fault planted in each; null for none.</param>
    /// <param name="strength">How far the fault is off, in standard deviations of the noise.</param>
    /// <param name="series">How many series.</param>
    /// <param name="seed">Makes the series.</param>
    /// <param name="settings">How the days are judged; null for the defaults.</param>
    public static DetectionScore Run(AnomalyKind? fault, double strength, int series, int seed, AnomalySettings? settings = null)
    {
        var (generator, detector) = (new SeriesGenerator(seed), new AnomalyDetector(settings ?? new AnomalySettings()));
        return Enumerable.Range(0, series).Select(_ => Score(generator.Make(fault, strength), detector))
            .Aggregate((one, another) => one.Plus(another));
    }

    /// <summary>Judges series that are not like most.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="isFaulty">Whether their fault is planted.</param>
    /// <param name="series">How many series.</param>
    /// <param name="seed">Makes the series.</param>
    public static DetectionScore Run(SeriesKind kind, bool isFaulty, int series, int seed)
    {
        var generator = new OddSeriesGenerator(kind, seed);
        var detector = new AnomalyDetector(generator.Settings);
        return Enumerable.Range(0, series)
            .Select(
                _ => Score(
                    generator.Make(isFaulty), detector,
                    kind == SeriesKind.MonthEnds ? static day => day.AddDays(1).Day == 1 : static _ => true))
            .Aggregate((one, another) => one.Plus(another));
    }

    private static DetectionScore Score(LabelledSeries series, AnomalyDetector detector) => Score(series, detector, static _ => true);

    private static DetectionScore Score(LabelledSeries series, AnomalyDetector detector, Predicate<DateOnly> isAsked)
    {
        var judged = detector.JudgeAll(series.Points, series.Points[^1].Day)
            .Where(judgement => judgement.Status is (AnomalyStatus.Normal or AnomalyStatus.Anomalous) && isAsked(judgement.Day)).ToList();
        var alarms = judged.Where(judgement => judgement.Kind is not null).ToList();
        var about = alarms.Where(alarm => series.Fault is not null && alarm.Day >= series.From && alarm.Day <= series.FoundBy).ToList();
        bool Touches(SeriesJudgement judgement) =>
            series.Fault is not null && judgement.Day >= series.From && judgement.Day <= series.SettledBy;
        return new DetectionScore(
            series.Fault is null ? 0 : 1,
            about.Count > 0 ? 1 : 0,
            about.Exists(alarm => alarm.Kind == series.Fault) ? 1 : 0,
            alarms.Count(alarm => !Touches(alarm)),
            judged.Count(judgement => !Touches(judgement)));
    }
}

using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Integrity.Anomalies;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Anomalies;

/// <summary>Makes series that are not like most.</summary>
/// <param name="kind">Which.</param>
/// <param name="seed">The same seed makes the same series.</param>
public sealed class OddSeriesGenerator(SeriesKind kind, int seed)
{
    private const int FirstFault = 130;
    private const int LastFault = 200;
    private const int SettlesWithin = 14;

    // Beyond that a normal distribution is close enough.
    private const double LargeMean = 500;

    private static readonly DateOnly FirstDay = new(2025, 3, 3);

    private readonly Random _random = new(seed);

    /// <summary>How the days of such series are judged.</summary>
    public AnomalySettings Settings =>
        kind == SeriesKind.MonthEnds ? new AnomalySettings() : new AnomalySettings { IsCount = true, Least = 0 };

    /// <summary>Makes a series.</summary>
    /// <param name="isFaulty">Whether the fault is planted.</param>
    public LabelledSeries Make(bool isFaulty)
    {
        var at = _random.Next(FirstFault, LastFault);
        while (kind == SeriesKind.MonthEnds && FirstDay.AddDays(at + 1).Day != 1)
            at++;
        var values = kind switch
        {
            SeriesKind.MonthEnds => MonthEnds(at, isFaulty),
            SeriesKind.SmallCounts => Counts(zeros: 0, Log(1, 15), at, isFaulty, least: 8),
            SeriesKind.ManyZeros => Counts(Between(0.3, 0.9), Log(5, 500), at, isFaulty, least: 0),
            _ => Constant(_random.Next(3, 51), at, isFaulty),
        };
        var fault = isFaulty
            ? kind is SeriesKind.MonthEnds or SeriesKind.Constant ? AnomalyKind.Drop : AnomalyKind.Spike
            : (AnomalyKind?)null;
        var from = FirstDay.AddDays(at);
        return new LabelledSeries(
            [.. values.Select((value, index) => new MetricPoint(FirstDay.AddDays(index), value))], fault, from, from,
            from.AddDays(SettlesWithin));
    }

    private static double[] Constant(int value, int at, bool isFaulty) =>
        [.. Enumerable.Range(0, SeriesGenerator.Days).Select(index => (double)(isFaulty && index >= at ? value / 2 : value))];

    private double[] MonthEnds(int at, bool isFaulty)
    {
        const double Rougher = 2;
        const double Strength = 6;
        var level = Log(1_000, 1_000_000);
        var noise = level * Between(0.01, 0.04);
        var (slope, monthEnd) = (level * Between(-0.002, 0.002), level * Between(-0.2, 0.2));
        var weekly = Enumerable.Range(0, 7).Select(_ => level * Between(-0.3, 0.3)).ToArray();
        var values = Enumerable.Range(0, SeriesGenerator.Days)
            .Select(
                index => level + (slope * index) + weekly[index % 7] + (noise * Normal())
                    + (FirstDay.AddDays(index + 1).Day == 1 ? monthEnd + (Rougher * noise * Normal()) : 0)).ToArray();
        values[at] -= isFaulty ? Strength * noise * Math.Sqrt(1 + (Rougher * Rougher)) : 0;
        return values;
    }

    private double[] Counts(double zeros, double mean, int at, bool isFaulty, double least)
    {
        const double Times = 5;
        var values = Enumerable.Range(0, SeriesGenerator.Days).Select(_ => _random.NextDouble() < zeros ? 0 : Poisson(mean)).ToArray();
        if (isFaulty)
            values[at] = Math.Round(Math.Max(least, Times * mean));
        return values;
    }

    // Knuth's multiplication of uniform numbers.
    private double Poisson(double mean)
    {
        if (mean > LargeMean)
            return Math.Round(Math.Max(0, mean + (Math.Sqrt(mean) * Normal())));
        var (limit, product, count) = (Math.Exp(-mean), _random.NextDouble(), 0);
        for (; product > limit; count++)
            product *= _random.NextDouble();
        return count;
    }

    private double Log(double low, double high) => low * Math.Pow(high / low, _random.NextDouble());

    private double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    // Box and Muller, 1958.
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}

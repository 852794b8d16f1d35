using LoyaltyPipeline.Core.Integrity.Anomalies;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Anomalies;

/// <summary>
/// Makes series as a pipeline's metrics are: a level, a trend up to 0.2 % a day, a weekly rhythm up to 30 % of the level, a last day of the
/// month that is up to 20 % off, and normally distributed noise of 1 to 4 %. Faults are planted at a strength that is measured in standard
/// deviations of that noise.
/// </summary>
/// <param name="seed">The same seed makes the same series.</param>
public sealed class SeriesGenerator(int seed)
{
    /// <summary>Days of a series.</summary>
    public const int Days = 240;

    private const int FirstFault = 130;
    private const int LastFault = 200;
    private const int DriftDays = 28;
    private const int FrozenDays = 10;

    // A day is to be found at once; a level and a frozen figure within days; a drift before it has come to its end.
    private const int ShiftFoundWithin = 5;
    private const int FrozenFoundWithin = 5;

    // Until then what follows a fault may be noticed: a level that ends, a figure that moves again.
    private const int SettlesWithin = 14;

    private static readonly DateOnly FirstDay = new(2025, 3, 3);

    private readonly Random _random = new(seed);

    /// <summary>Makes a series.</summary>
    /// <param name="fault">The fault; null for none.</param>
    /// <param name="strength">How far the fault is off, in standard deviations of the noise.</param>
    public LabelledSeries Make(AnomalyKind? fault, double strength)
    {
        var level = Math.Pow(10, 3 + (3 * _random.NextDouble()));
        var noise = level * Between(0.01, 0.04);
        var slope = level * Between(-0.002, 0.002);
        var weekly = Enumerable.Range(0, 7).Select(_ => level * Between(-0.3, 0.3)).ToArray();
        var monthEnd = level * Between(-0.2, 0.2);
        var usual = Enumerable.Range(0, Days)
            .Select(index => level + (slope * index) + weekly[index % 7] + (FirstDay.AddDays(index + 1).Day == 1 ? monthEnd : 0)).ToArray();
        var values = usual.Select(value => value + (noise * Normal())).ToArray();
        var at = _random.Next(FirstFault, LastFault);
        var side = _random.Next(2) == 0 ? -1 : 1;
        var within = fault is null ? 0 : Plant(fault.Value, values, usual, at, strength * noise, side);
        var points = values.Select((value, index) => new MetricPoint(FirstDay.AddDays(index), value))
            .Where(point => double.IsFinite(point.Value)).ToList();
        var from = FirstDay.AddDays(at);
        return new LabelledSeries(
            points, fault, from, from.AddDays(within),
            from.AddDays(within + SettlesWithin + (fault == AnomalyKind.Frozen ? FrozenDays : 0)));
    }

    // Gives back within how many days the fault is to be found.
    private static int Plant(AnomalyKind fault, double[] values, double[] usual, int at, double size, int side)
    {
        switch (fault)
        {
            // Just so far off, whatever the noise of the day: weaker ones are not asked for.
            case AnomalyKind.Drop:
                values[at] = usual[at] - size;
                return 0;
            case AnomalyKind.Spike:
                values[at] = usual[at] + size;
                return 0;
            case AnomalyKind.MissingDay:
                values[at] = double.NaN;
                return 0;
            case AnomalyKind.LevelShift:
                for (var index = at; index < values.Length; index++)
                    values[index] += side * size;
                return ShiftFoundWithin;
            case AnomalyKind.Drift:
                for (var index = at; index < values.Length; index++)
                    values[index] += side * size * Math.Min(1, (index - at + 1) / (double)DriftDays);
                return DriftDays;
            case AnomalyKind.Frozen:
                for (var index = at; index < at + FrozenDays; index++)
                    values[index] = values[at - 1];
                return FrozenFoundWithin;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault can be planted.");
        }
    }

    private double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    // Box and Muller, 1958.
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}

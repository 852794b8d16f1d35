using System.Globalization;
using LoyaltyPipeline.Anomalies;
using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.Core.Integrity.Anomalies;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>How many planted faults are found, by kind and strength, and how often an alarm is false. Not a matter of time: each round makes other series.</summary>
internal sealed class AnomaliesScenario : IScenario
{
    private const int Seed = 7_000;
    private const int CleanSeries = 400;
    private const int FaultySeries = 200;

    private static readonly double[] Strengths = [4, 6, 10];

    // The others have no target of their own.
    private static readonly AnomalyKind[] Targeted = [AnomalyKind.Drop, AnomalyKind.Spike, AnomalyKind.LevelShift, AnomalyKind.Frozen];

    public string Name => "anomalies";

    public Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        Progress.Say(Name, "judging");
        var figures = new List<Figure>
        {
            new(Name, "false alarms in 200 days judged", string.Empty, [.. Rounds(options).Select(round => DetectionTrial.Run(fault: null, strength: 0, CleanSeries, Seed + round).FalseAlarmsIn200Days)]) { Target = new Target(1) },
        };
        foreach (var kind in Enum.GetValues<AnomalyKind>())
        {
            // Neither is stronger or weaker.
            var strengths = kind is AnomalyKind.MissingDay or AnomalyKind.Frozen ? Strengths[..1] : Strengths;
            figures.AddRange(strengths.SelectMany(strength => Of(kind, strength, strengths.Length > 1, options)));
        }

        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private IEnumerable<Figure> Of(AnomalyKind kind, double strength, bool sayStrength, BenchmarkOptions options)
    {
        var name = sayStrength ? string.Create(CultureInfo.InvariantCulture, $"{kind} of {strength} spreads") : $"{kind}";
        var scores = Rounds(options).Select(round => DetectionTrial.Run(kind, strength, FaultySeries, Seed + (100 * (int)kind) + round)).ToList();
        yield return new Figure(Name, $"{name}: recall", string.Empty, [.. scores.Select(score => score.Recall)]) { Target = Targeted.Contains(kind) ? new Target(0.9, AtLeast: true) : null };
        yield return new Figure(Name, $"{name}: called by its name", string.Empty, [.. scores.Select(score => score.NamedRecall)]);
        yield return new Figure(Name, $"{name}: precision", string.Empty, [.. scores.Select(score => score.Precision)]);
    }

    private static IEnumerable<int> Rounds(BenchmarkOptions options) => Enumerable.Range(1, options.Rounds);
}

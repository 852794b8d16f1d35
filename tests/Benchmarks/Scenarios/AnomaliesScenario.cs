using System.Globalization;
using LoyaltyPipeline.Anomalies;
using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.Core.Integrity.Anomalies;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>
/// How many planted faults are found, by kind and strength, and how often an alarm is false: the figures of about_LoyaltyAnomalies. Not a
/// matter of time, so one round tells.
/// </summary>
internal sealed class AnomaliesScenario : IScenario
{
    // The others have no target of their own.
    private static readonly AnomalyKind[] Targeted = [AnomalyKind.Drop, AnomalyKind.Spike, AnomalyKind.LevelShift, AnomalyKind.Frozen];

    public string Name => "anomalies";

    public Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        Progress.Say(Name, "judging");
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new Figure(Name, "false alarms in 200 days judged", string.Empty, [DetectionPlan.OfNoFault().FalseAlarmsIn200Days])
            {
                Target = new Target(1),
            },
            .. DetectionPlan.Faults.SelectMany(fault => OfFault(fault.Kind, fault.Strength)),
            .. Enum.GetValues<SeriesKind>().SelectMany(OfKind),
            .. OfPurchases(),
        ]);
    }

    private IEnumerable<Figure> OfFault(AnomalyKind kind, double? strength)
    {
        var name = strength is { } spreads ? string.Create(CultureInfo.InvariantCulture, $"{kind} of {spreads} spreads") : $"{kind}";
        var score = DetectionPlan.Of(kind, strength);
        yield return new Figure(Name, $"{name}: recall", string.Empty, [score.Recall])
        {
            Target = Targeted.Contains(kind) ? new Target(0.9, AtLeast: true) : null,
        };
        yield return new Figure(Name, $"{name}: called by its name", string.Empty, [score.NamedRecall]);
        yield return new Figure(Name, $"{name}: precision", string.Empty, [score.Precision]);
    }

    private IEnumerable<Figure> OfKind(SeriesKind kind)
    {
        var (clean, faulty) = DetectionPlan.Of(kind);
        yield return new Figure(Name, $"{kind}: false alarms in 200 days judged", string.Empty, [clean.FalseAlarmsIn200Days]);
        yield return new Figure(Name, $"{kind}: recall", string.Empty, [faulty.Recall]);
    }

    private IEnumerable<Figure> OfPurchases()
    {
        if (Repository.FindShared("cdnow") is not { } folder)
        {
            Progress.Say(Name, "CDNOW skipped: there is no folder shared/data/cdnow beside the repository");
            yield break;
        }

        var judged = DailyPurchases.Judge(folder);
        yield return new Figure(Name, "CDNOW purchases: days judged", string.Empty, [judged.Count]);
        yield return new Figure(Name, "CDNOW purchases: days found unusual", string.Empty, [judged.Count(day => day.Kind is not null)]);
    }
}

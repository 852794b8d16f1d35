using System.Diagnostics;
using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.PiiTrials;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>
/// How often columns with personal data are found, and others taken for such: the figures of docs/personal-data.md. Not a matter of time,
/// so one round tells.
/// </summary>
internal sealed class PiiScenario : IScenario
{
    // Kinds with check digits must be surer than others.
    private static readonly PiiKind[] Checked = [PiiKind.CardNumber, PiiKind.Iban, PiiKind.NationalId];

    public string Name => "pii";

    public Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        Progress.Say(Name, "making columns");
        var columns = LabelledColumns.All();
        Progress.Say(Name, "judging");
        var watch = Stopwatch.StartNew();
        var scores = PiiTrial.Judge(columns);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            .. scores.SelectMany(OfKind),
            new Figure(Name, "a column of 100 values", "ms", [watch.Elapsed.TotalMilliseconds / columns.Count]),
        ]);
    }

    private IEnumerable<Figure> OfKind(KindScore score)
    {
        var (precision, recall) = Checked.Contains(score.Kind)
            ? (0.98, 0.95)
            : score.Kind == PiiKind.PersonName ? (0.95, 0.8) : (0.95, 0.9);
        yield return new Figure(Name, $"{score.Kind}: precision", string.Empty, [score.Precision])
        {
            Target = new Target(precision, AtLeast: true),
        };
        yield return new Figure(Name, $"{score.Kind}: recall", string.Empty, [score.Recall]) { Target = new Target(recall, AtLeast: true) };
        yield return new Figure(Name, $"{score.Kind}: error of the share", string.Empty, [score.ShareError]);
    }
}

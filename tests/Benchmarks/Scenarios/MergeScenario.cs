using LoyaltyPipeline.Benchmarks.Reporting;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>
/// The first merge of a day and a second one that changes nothing, each against its own statements sent straight to the engine.
/// </summary>
internal sealed class MergeScenario : IScenario
{
    private static readonly Target OverStatements = new(1.15);
    private static readonly Target SecondOverFirst = new(0.6);

    public string Name => "merge";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        await workspace.EnsureSampleWarehouseAsync(options, cancellationToken);
        var first = new List<MergePair>();
        var second = new List<MergePair>();
        // Round 0 records the statements that the others replay.
        for (var round = 0; round <= options.Rounds; round++)
        {
            Progress.Say(Name, round == 0 ? "recording the statements" : $"round {round}");
            var files = MergeFiles.CopySample(workspace, record: round == 0);
            var mergeFirst = round % 2 == 1;
            var earlier = await files.MeasureAsync("first", mergeFirst, cancellationToken);
            var later = await files.MeasureAsync("second", mergeFirst, cancellationToken);
            if (round == 0)
                continue;
            first.Add(earlier);
            second.Add(later);
        }

        return
        [
            new Figure(Name, "first merge / its statements", "x", [.. first.Select(pair => pair.Ratio)]) { Target = OverStatements },
            new Figure(Name, "second merge / its statements", "x", [.. second.Select(pair => pair.Ratio)]) { Target = OverStatements },
            new Figure(
                Name, "second merge / first merge", "x",
                [.. second.Zip(first, (later, earlier) => later.Merge.Seconds / earlier.Merge.Seconds)])
            {
                Target = SecondOverFirst,
            },
            .. Details("first merge", first),
            .. Details("second merge", second),
        ];
    }

    private IEnumerable<Figure> Details(string what, List<MergePair> pairs) =>
    [
        new Figure(Name, what, "s", [.. pairs.Select(pair => pair.Merge.Seconds)])
        {
            Parts = Statistics.MedianParts([.. pairs.Select(pair => pair.Merge.Parts)]),
        },
        new Figure(Name, $"{what}, statements alone", "s", [.. pairs.Select(pair => pair.Statements.Seconds)]),
        new Figure(Name, $"peak memory of the {what}", "MB", [.. pairs.Select(pair => pair.Merge.PeakMegabytes)])
        {
            Target = Limits.PeakMegabytes,
        },
    ];
}

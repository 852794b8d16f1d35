using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>CSV files through the importer, against the engine's own reader with its detection, into tables of the same DDL.</summary>
internal sealed class ImportScenario : IScenario
{
    private const double LeastShareOfEngine = 0.8;

    public string Name => "import";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        await workspace.EnsureLandingFolderAsync(options, cancellationToken);
        var pairs = new List<MeasuredRun>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            Progress.Say(Name, $"round {round}");
            pairs.Add(await ImportTask.StartAsync(workspace, importerFirst: round % 2 == 1, withEngine: true, cancellationToken));
        }

        Progress.Say(Name, "peak memory");
        var alone = await ImportTask.StartAsync(workspace, importerFirst: true, withEngine: false, cancellationToken);
        return
        [
            new Figure(
                Name, "rate of the importer / rate of read_csv", "x",
                [.. pairs.Select(pair => pair.SumOf(ImportTask.Engine) / pair.SumOf(ImportTask.Importer))])
            {
                Target = new Target(LeastShareOfEngine, AtLeast: true),
                Parts = Statistics.MedianParts([.. pairs.Select(pair => pair.Parts)]),
            },
            new Figure(Name, "importer, all tables", "s", [.. pairs.Select(pair => pair.SumOf(ImportTask.Importer))]),
            new Figure(Name, "read_csv, all tables", "s", [.. pairs.Select(pair => pair.SumOf(ImportTask.Engine))]),
            new Figure(Name, "importer", "rows/s", [.. pairs.Select(pair => pair.Rows / pair.SumOf(ImportTask.Importer))]),
            new Figure(Name, "peak memory of the importer", "MB", [alone.PeakMegabytes]) { Target = Limits.PeakMegabytes },
        ];
    }
}

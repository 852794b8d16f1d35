using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>A synthetic sample, into a warehouse file and into CSV files.</summary>
internal sealed class SampleScenario : IScenario
{
    private const double SecondsAllowed = 60;
    private const int RoundsWanted = 3;

    public string Name => "sample";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        var warehouse = new List<MeasuredRun>();
        var files = new List<MeasuredRun>();
        for (var round = 1; round <= Math.Min(RoundsWanted, options.Rounds); round++)
        {
            Progress.Say(Name, $"round {round}");
            Workspace.DeleteWarehouse(workspace.SampleWarehouse);
            warehouse.Add(await SampleTask.StartAsync(workspace.SampleWarehouse, options, cancellationToken));
            files.Add(await CsvSampleTask.StartAsync(workspace.LandingFolder, options, cancellationToken));
        }

        return
        [
            new Figure(Name, "into a DuckDB file", "s", [.. warehouse.Select(run => run.Seconds)]) { Target = new Target(SecondsAllowed) },
            new Figure(Name, "into CSV files", "s", [.. files.Select(run => run.Seconds)]),
            new Figure(Name, "rows", "rows", [.. warehouse.Select(run => (double)run.Rows)]),
            new Figure(Name, "peak memory", "MB", [.. warehouse.Select(run => run.PeakMegabytes)]) { Target = Limits.PeakMegabytes },
        ];
    }
}

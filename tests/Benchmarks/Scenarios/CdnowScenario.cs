using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>Replays the 546 days of the public CDNOW purchases, where their landing folder lies beside the repository.</summary>
internal sealed class CdnowScenario : IScenario
{
    public string Name => "cdnow";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        if (Repository.FindShared("cdnow") is not { } folder)
        {
            Progress.Say(Name, "skipped: there is no folder shared/data/cdnow beside the repository");
            return [];
        }

        var runs = new List<MeasuredRun>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            Progress.Say(Name, $"round {round}");
            var file = workspace.PathOf("cdnow.duckdb");
            Workspace.DeleteWarehouse(file);
            runs.Add(await CdnowTask.StartAsync(file, folder, cancellationToken));
        }

        return [new Figure(Name, "replay of 546 days, 23,570 users", "s", [.. runs.Select(run => run.Seconds)])
        {
            Target = new Target(120),
        }];
    }
}

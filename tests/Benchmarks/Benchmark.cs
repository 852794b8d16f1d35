using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.Benchmarks.Scenarios;

namespace LoyaltyPipeline.Benchmarks;

/// <summary>Runs the scenarios, one after the other, in a folder of its own.</summary>
internal static class Benchmark
{
    private static readonly IReadOnlyList<IScenario> All = [new SampleScenario(), new ImportScenario(), new MergeScenario(),
        new DailyMergeScenario(), new HistoryScenario(), new CdnowScenario(), new DeliveryScenario(), new UploadScenario(),
        new IntegrityScenario(), new AnomaliesScenario(), new PiiScenario(), new DashboardScenario(), new OddLoadScenario(),
        new ModuleImportScenario(),
        new KillScenario()];

    public static IEnumerable<string> Names => All.Select(scenario => scenario.Name);

    public static async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        using var workspace = new Workspace();
        var figures = new List<Figure>();
        foreach (var scenario in All.Where(
            scenario => options.Only is null || options.Only.Contains(scenario.Name, StringComparer.OrdinalIgnoreCase)))
            figures.AddRange(await scenario.RunAsync(options, workspace, cancellationToken));
        return new Report(DateTime.UtcNow, MachineFacts.Read(), options.Users, options.Days, options.Rounds, figures);
    }
}

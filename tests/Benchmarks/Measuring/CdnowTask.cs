using System.Diagnostics;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Sources;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Imports the CDNOW landing folder, which is not measured, and replays its days.</summary>
internal static class CdnowTask
{
    public const string Name = "cdnow";

    private static readonly ReplayOptions Days = new(new DateOnly(1997, 1, 1), new DateOnly(1998, 6, 30), Force: true);

    public static Task<MeasuredRun> StartAsync(string warehouse, string folder, CancellationToken cancellationToken) =>
        MeasuredProcess.StartAsync(
            Name, new Dictionary<string, string>(StringComparer.Ordinal) { ["warehouse"] = warehouse, ["folder"] = folder },
            cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        var reporter = new SilentReporter();
        var clock = new Stopwatch();
        long days = 0;
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken))
        {
            await new SchemaInstaller(pipeline.Catalog).InitializeAsync(
                warehouse, includeSources: true, planOnly: false, reporter, cancellationToken);
            foreach (var files in new LandingFolder(pipeline.Catalog, _ => { }).Find(arguments["folder"], table: null))
                await new SourceImporter(pipeline).ImportAsync(
                    warehouse, files.Key, [.. files], new ImportOptions(), reporter, cancellationToken);
            clock.Start();
            await foreach (var _ in new ReplayRunner(pipeline).RunAsync(warehouse, Days, reporter, cancellationToken))
                days++;
        }

        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, days);
    }
}

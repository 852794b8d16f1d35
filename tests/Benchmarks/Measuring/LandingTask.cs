using System.Diagnostics;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Sources;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Imports what lies in a folder, whatever it is, into an empty warehouse; a file that is refused is an answer too.</summary>
internal static class LandingTask
{
    public const string Name = "landing";

    public static Task<MeasuredRun> StartAsync(
        string warehouse, string folder, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name, new Dictionary<string, string>(StringComparer.Ordinal) { ["warehouse"] = warehouse, ["folder"] = folder }, cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        var reporter = new SilentReporter();
        var clock = new Stopwatch();
        long rows = 0;
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken))
        {
            await new SchemaInstaller(pipeline.Catalog).InitializeAsync(
                warehouse, includeSources: true, planOnly: false, reporter, cancellationToken);
            clock.Start();
            foreach (var files in new LandingFolder(pipeline.Catalog, _ => { }).Find(arguments["folder"], table: null))
            {
                try
                {
                    rows += (await new SourceImporter(pipeline).ImportAsync(
                        warehouse, files.Key, [.. files], new ImportOptions(), reporter, cancellationToken)).RowsRead;
                }
                catch (LoyaltyException refusal) when (refusal.Definition == LoyaltyErrors.TooManyRejected
                    || refusal.Definition == LoyaltyErrors.SourceFileUnreadable)
                {
                    await Console.Error.WriteLineAsync($"{files.Key}: {refusal.ErrorId}");
                }
            }
        }

        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, rows);
    }
}

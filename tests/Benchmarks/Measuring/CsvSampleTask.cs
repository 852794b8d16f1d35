using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.SyntheticData.Sinks;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Fills a landing folder with CSV files.</summary>
internal static class CsvSampleTask
{
    public const string Name = "csv-sample";

    public static Task<MeasuredRun> StartAsync(
        string folder, BenchmarkOptions options, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["folder"] = folder,
            ["users"] = options.Users.ToString(CultureInfo.InvariantCulture),
            ["days"] = options.Days.ToString(CultureInfo.InvariantCulture),
        },
        cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var folder = new CsvLandingFolder(arguments["folder"]);
        var catalog = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Catalog;
        var sample = await SyntheticTablesWriter.WriteAsync(
            catalog, SampleTask.Options(arguments), folder.Open, progress: null, cancellationToken);
        folder.Commit(CancellationToken.None);
        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, sample.Rows);
    }
}

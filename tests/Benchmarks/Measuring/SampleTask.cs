using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Makes a warehouse file and fills its sources.</summary>
internal static class SampleTask
{
    public const string Name = "sample";

    public static Task<MeasuredRun> StartAsync(
        string warehouse, BenchmarkOptions options, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["warehouse"] = warehouse,
            ["users"] = options.Users.ToString(CultureInfo.InvariantCulture),
            ["days"] = options.Days.ToString(CultureInfo.InvariantCulture),
        },
        cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var sample = await WriteAsync(arguments["warehouse"], Options(arguments), cancellationToken);
        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, sample.Rows);
    }

    public static SyntheticDataOptions Options(ArgumentMap arguments) => new()
    {
        Users = int.Parse(arguments["users"], CultureInfo.InvariantCulture),
        Days = int.Parse(arguments["days"], CultureInfo.InvariantCulture),
    };

    private static async Task<SampleResult> WriteAsync(string path, SyntheticDataOptions options, CancellationToken cancellationToken)
    {
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        await using var warehouse = await DuckDbWarehouse.OpenAsync(path, cancellationToken);
        await new SchemaInstaller(pipeline.Catalog).InitializeAsync(
            warehouse, includeSources: true, planOnly: false, new SilentReporter(), cancellationToken);
        return await new SyntheticDataWriter(pipeline).WriteAsync(
            warehouse, options, replace: false, wait: null, new SilentReporter(), cancellationToken);
    }
}

using System.Diagnostics;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Integrity;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Makes all default checks.</summary>
internal static class IntegrityTask
{
    public const string Name = "test";

    public static Task<MeasuredRun> StartAsync(string warehouse, CancellationToken cancellationToken) =>
        MeasuredProcess.StartAsync(
            Name, new Dictionary<string, string>(StringComparer.Ordinal) { ["warehouse"] = warehouse }, cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        await using var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken);
        var results = await new IntegrityRunner(pipeline).RunAsync(
            warehouse, new IntegrityOptions(), new SilentReporter(), cancellationToken);
        if (results.FirstOrDefault(result => result.Status is CheckStatus.Failed or CheckStatus.Error) is { } bad)
            throw new InvalidOperationException($"{bad.CheckId}: {bad.Message}");
        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, results.Count(result => result.Status != CheckStatus.Skipped));
    }
}

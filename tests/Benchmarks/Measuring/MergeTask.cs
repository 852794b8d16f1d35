using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Benchmarks.Recording;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Merges the last day of the sample, or another, or only plans to.</summary>
internal static class MergeTask
{
    public const string Name = "merge";

    public static Task<MeasuredRun> StartAsync(string warehouse, string? recordTo, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal) { ["warehouse"] = warehouse };
        if (recordTo is not null)
            arguments["record-to"] = recordTo;
        return MeasuredProcess.StartAsync(Name, arguments, cancellationToken);
    }

    public static Task<MeasuredRun> StartAsync(
        string warehouse, DateOnly day, bool planOnly, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["warehouse"] = warehouse,
            ["day"] = day.ToString("O", CultureInfo.InvariantCulture),
            ["plan-only"] = $"{planOnly}",
        },
        cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var path = arguments["warehouse"];
        var recordTo = arguments.Find("record-to");
        var recorder = new StatementRecorder();
        var clock = Stopwatch.StartNew();
        var options = new MergeOptions(
            arguments.Find("day") is { } day ? DateOnly.Parse(day, CultureInfo.InvariantCulture) : new SyntheticDataOptions().LastDay,
            PlanOnly: arguments.Find("plan-only") == bool.TrueString);
        var result = await MergeAsync(path, options, recordTo is null ? null : recorder, cancellationToken);
        var seconds = clock.Elapsed.TotalSeconds;

        if (recordTo is not null)
            StatementFile.Write(recordTo, recorder.Statements);
        return MeasuredRun.OfThisProcess(
            seconds, result.RowsRead, result.Steps.ToDictionary(step => step.Step, step => step.Seconds, StringComparer.Ordinal));
    }

    private static async Task<MergeResult> MergeAsync(
        string path, MergeOptions options, StatementRecorder? recorder, CancellationToken cancellationToken)
    {
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        await using var file = await DuckDbWarehouse.OpenAsync(path, cancellationToken);
        IWarehouse warehouse = recorder is null ? file : new RecordingWarehouse(file, recorder);
        return await new MergeRunner(pipeline).RunAsync(warehouse, options, new SilentReporter(), cancellationToken);
    }
}

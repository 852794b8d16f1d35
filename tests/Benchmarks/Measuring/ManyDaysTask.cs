using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Replays days in one process, and looks at what the process holds after a quarter of them and at the end.</summary>
internal static class ManyDaysTask
{
    public const string Name = "many-days";

    public static Task<MeasuredRun> StartAsync(
        string warehouse, int days, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["warehouse"] = warehouse,
            ["days"] = days.ToString(CultureInfo.InvariantCulture),
        }, cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        var last = new SyntheticDataOptions().LastDay;
        var days = new ReplayOptions(last.AddDays(1 - int.Parse(arguments["days"], CultureInfo.InvariantCulture)), last, Force: true);
        var held = new List<long>();
        var clock = Stopwatch.StartNew();
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken))
        {
            await foreach (var _ in new ReplayRunner(pipeline).RunAsync(warehouse, days, new SilentReporter(), cancellationToken))
                held.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        return MeasuredRun.OfThisProcess(
            clock.Elapsed.TotalSeconds, held.Count,
            new Dictionary<string, double>(StringComparer.Ordinal) { ["quarter"] = held[held.Count / 4], ["end"] = held[^1] });
    }
}

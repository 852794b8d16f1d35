using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.History;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Reads Master as it was on a day.</summary>
internal static class AsOfTask
{
    public const string Name = "as-of";

    public static Task<MeasuredRun> StartAsync(
        string warehouse, DateOnly day, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["warehouse"] = warehouse,
            ["day"] = day.ToString("O", CultureInfo.InvariantCulture),
        }, cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var catalog = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Catalog;
        var query = new VersionQuery([], DateOnly.Parse(arguments["day"], CultureInfo.InvariantCulture));
        long rows = 0;
        var clock = Stopwatch.StartNew();
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken))
        {
            await foreach (var _ in new HistoryReader(catalog).ReadVersionsAsync(warehouse, query, cancellationToken))
                rows++;
        }

        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, rows);
    }
}

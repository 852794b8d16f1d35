using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Engines.DuckDb;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Makes the dashboard, from the opened to the closed warehouse.</summary>
internal static class DashboardTask
{
    public const string Name = "dashboard";

    public static Task<MeasuredRun> StartAsync(
        string warehouse, string page, int days, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["warehouse"] = warehouse,
            ["page"] = page,
            ["days"] = days.ToString(CultureInfo.InvariantCulture),
        },
        cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        FileInfo page;
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken))
            page = await new PipelineDashboard(pipeline).ExportAsync(
                warehouse, new DashboardOptions(arguments["page"], int.Parse(arguments["days"], CultureInfo.InvariantCulture)),
                new SilentReporter(), cancellationToken);
        return MeasuredRun.OfThisProcess(
            clock.Elapsed.TotalSeconds, rows: 1, new Dictionary<string, double>(StringComparer.Ordinal) { ["bytes"] = page.Length });
    }
}

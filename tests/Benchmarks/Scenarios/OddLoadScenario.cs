using System.Globalization;
using System.IO.Compression;
using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>
/// Loads that no ordinary day brings: files that are all faults, thousands of files, hundreds of regions and features, hundreds of days in
/// one process.
/// </summary>
internal sealed class OddLoadScenario : IScenario
{
    private const int Megabyte = 1_000_000;
    private const int Days = 400;

    private static readonly DateOnly Day = new SyntheticDataOptions().LastDay;

    public string Name => "odd-load";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        var faults = await ImportAsync("1,000,000 rows of one value", folder => OneValueRows(folder, Megabyte));
        var quotes = await ImportAsync("2 MB of quotes that are not closed", OpenQuotes);
        var files = await ImportAsync("5,000 files", ThousandsOfFiles);
        var lines = await ImportAsync("1 GB of empty lines in a gzip", EmptyLines);
        var pages = new List<MeasuredRun>();
        var warehouse = await ManyRegionsAsync(workspace, options, cancellationToken);
        for (var round = 1; round <= options.Rounds; round++)
        {
            Progress.Say(Name, $"many regions, round {round}");
            pages.Add(await DashboardTask.StartAsync(warehouse, workspace.PathOf("regions.html"), days: 90, cancellationToken));
        }

        Progress.Say(Name, $"{Days} days");
        await SampleTask.StartAsync(workspace.PathOf("days.duckdb"), options with { Users = 500, Days = Days }, cancellationToken);
        var replay = await ManyDaysTask.StartAsync(workspace.PathOf("days.duckdb"), Days, cancellationToken);
        return
        [
            .. Figures("1,000,000 rows of one value", faults, seconds: null, megabytes: 500),
            .. Figures("2 MB of quotes that are not closed", quotes, seconds: null, megabytes: 500),
            .. Figures("5,000 landing files", files, seconds: 20, megabytes: null),
            .. Figures("1 GB of empty lines in 1 MB of gzip", lines, seconds: 15, megabytes: 500),
            .. Figures("dashboard of 300 regions and 200 features", pages, seconds: 3, megabytes: null),
            new Figure(
                Name, $"replay of {Days} days: managed memory at the end over that after a quarter", "x",
                [replay.Parts["end"] / replay.Parts["quarter"]])
            {
                Target = new Target(1.2),
            },
        ];

        async Task<List<MeasuredRun>> ImportAsync(string what, Action<string> write)
        {
            var folder = workspace.PathOf("odd");
            Directory.CreateDirectory(folder);
            write(folder);
            var runs = new List<MeasuredRun>();
            for (var round = 1; round <= options.Rounds; round++)
            {
                Progress.Say(Name, $"{what}, round {round}");
                Workspace.DeleteWarehouse(workspace.PathOf("odd.duckdb"));
                runs.Add(await LandingTask.StartAsync(workspace.PathOf("odd.duckdb"), folder, cancellationToken));
            }

            Directory.Delete(folder, recursive: true);
            return runs;
        }
    }

    private IEnumerable<Figure> Figures(string what, IReadOnlyList<MeasuredRun> runs, double? seconds, double? megabytes) =>
    [
        new(Name, what, "s", [.. runs.Select(run => run.Seconds)]) { Target = seconds is { } longest ? new Target(longest) : null },
        new(Name, $"{what}: peak memory", "MB", [.. runs.Select(run => run.PeakMegabytes)])
        {
            Target = megabytes is { } most ? new Target(most) : null,
        },
    ];

    private static void OneValueRows(string folder, int rows)
    {
        using var file = File.CreateText(Path.Combine(folder, "USER_ACTIVITY.csv"));
        file.Write("ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT\n");
        for (var row = 0; row < rows; row++)
            file.Write("x\n");
    }

    private static void OpenQuotes(string folder)
    {
        using var file = File.CreateText(Path.Combine(folder, "USER_ACTIVITY.csv"));
        file.Write("ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT\n");
        for (var row = 0; row < 2 * Megabyte / 16; row++)
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{row:0000000},\"1,log\n"));
    }

    private static void ThousandsOfFiles(string folder)
    {
        for (var file = 0; file < 5000; file++)
        {
            File.WriteAllText(
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"USER_ACTIVITY.part{file:0000}.csv")),
                string.Create(CultureInfo.InvariantCulture, $"ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT\n{file},1,login,2026-06-01\n"));
        }
    }

    private static void EmptyLines(string folder)
    {
        using var file = new GZipStream(File.Create(Path.Combine(folder, "USER_ACTIVITY.csv.gz")), CompressionLevel.Optimal);
        file.Write("ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT\n"u8);
        var lines = new byte[Megabyte];
        Array.Fill(lines, (byte)'\n');
        for (var megabyte = 0; megabyte < 1000; megabyte++)
            file.Write(lines);
    }

    private static async Task<string> ManyRegionsAsync(Workspace workspace, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var warehouse = workspace.PathOf("regions.duckdb");
        await SampleTask.StartAsync(warehouse, options with { Users = 2000, Days = 90 }, cancellationToken);
        for (var back = 4; back >= 0; back--)
            await MergeTask.StartAsync(warehouse, Day.AddDays(-back), planOnly: false, cancellationToken);
        DuckDbFile.Execute(warehouse,
        [
            """
            INSERT INTO LOYALTY.METRIC SELECT d.RUN_DATE, m.METRIC, 'R' || LPAD(CAST(r.range AS VARCHAR), 3, '0'), CASE WHEN m.METRIC = 'mean_score' THEN 50 ELSE 1000 + r.range END
            FROM (SELECT DISTINCT RUN_DATE FROM LOYALTY.METRIC) AS d, (SELECT DISTINCT METRIC FROM LOYALTY.METRIC WHERE REGION_CODE <> '*') AS m, range(300) AS r
            """,
            """
            INSERT INTO LOYALTY.ADOPTION (RUN_DATE, REGION_CODE, REGION_NAME, REGION_CLASS, MODULE_NAME, FEATURE_NAME, USERS, ACTIVE_USERS, ADOPTERS, ACTIVE_ADOPTERS, ADOPTERS_BEFORE, ACTIVE_30D, USE_COUNT)
            SELECT d.RUN_DATE, 'R' || LPAD(CAST(r.range AS VARCHAR), 3, '0'), 'Region', 'Core', 'Module ' || CAST(f.range % 9 AS VARCHAR), 'Feature ' || CAST(f.range AS VARCHAR),
                1000 + r.range, 900 + r.range, 100 + f.range, 90 + f.range, 90 + f.range, 80 + f.range, 500
            FROM (SELECT DISTINCT RUN_DATE FROM LOYALTY.METRIC) AS d, range(300) AS r, range(200) AS f
            """,
            "CHECKPOINT",
        ]);
        return warehouse;
    }
}

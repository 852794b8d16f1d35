using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>
/// Writes day after day, each after three users in a hundred changed, and appends a full copy of Master to another file each time.
/// </summary>
internal static class HistoryTask
{
    public const string Name = "history";

    /// <summary>
    /// Behind the sample by more than 30 days: nothing changes then but what this task changes. The days go on into the future.
    /// </summary>
    public static DateOnly FirstDay { get; } = new SyntheticDataOptions().LastDay.AddDays(31);

    public static Task<MeasuredRun> StartAsync(
        string warehouse, string copies, int days, CancellationToken cancellationToken) => MeasuredProcess.StartAsync(
        Name,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["warehouse"] = warehouse,
            ["copies"] = copies,
            ["days"] = days.ToString(CultureInfo.InvariantCulture),
        },
        cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        var days = int.Parse(arguments["days"], CultureInfo.InvariantCulture);
        var (merging, changed, rows) = (0.0, 0.0, 0L);
        var clock = Stopwatch.StartNew();
        await using var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        for (var number = 0; number < days; number++)
        {
            var day = FirstDay.AddDays(number);
            await ChangeAsync(session, day, cancellationToken);
            var result = await new MergeRunner(pipeline).RunAsync(
                warehouse, new MergeOptions(day, Force: true), new SilentReporter(), cancellationToken);
            await CopyAsync(session, arguments["copies"], day, cancellationToken);
            merging += result.Seconds;
            rows += result.Users;
            if (number > 0)
                changed += 100.0 * result.Updated / result.Users;
        }

        return MeasuredRun.OfThisProcess(
            clock.Elapsed.TotalSeconds, rows,
            new Dictionary<string, double>(StringComparer.Ordinal) { ["merge"] = merging / days, ["changed"] = changed / (days - 1) });
    }

    private static async Task ChangeAsync(IWarehouseSession session, DateOnly day, CancellationToken cancellationToken)
    {
        var chosen = $"HASH(USER_ID, {day.DayNumber}) % 100 < 3";
        await session.ExecuteAsync(
            $"UPDATE DW_A.USER_PROFILE SET ACCOUNT_TYPE = CASE ACCOUNT_TYPE WHEN 'premium' THEN 'plus' ELSE 'premium' END, UPDATED_AT = '{day:yyyy-MM-dd}' WHERE {chosen}", cancellationToken);
        await session.ExecuteAsync(
            $"INSERT INTO DW_A.ENGAGEMENT_SCORE SELECT USER_ID, DATE '{day:yyyy-MM-dd}', CAST(HASH({day.DayNumber}, USER_ID) % 10001 AS DECIMAL(10, 2)) / 100 FROM DW_A.USER_PROFILE WHERE {chosen}", cancellationToken);
    }

    private static async Task CopyAsync(IWarehouseSession session, string copies, DateOnly day, CancellationToken cancellationToken)
    {
        var copy = $"SELECT DATE '{day:yyyy-MM-dd}' AS SNAPSHOT_DATE, * FROM LOYALTY.MASTER ORDER BY USER_ID";
        await session.ExecuteAsync($"ATTACH IF NOT EXISTS '{copies}' AS COPIES", cancellationToken);
        await session.ExecuteAsync(
            day == FirstDay ? $"CREATE TABLE COPIES.DAILY AS {copy}" : $"INSERT INTO COPIES.DAILY {copy}", cancellationToken);
    }
}

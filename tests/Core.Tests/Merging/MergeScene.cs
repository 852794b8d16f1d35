using System.Globalization;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>A warehouse with a few users of one region, where a score below 35 is low and one from 70 is high.</summary>
internal sealed class MergeScene : IAsyncDisposable
{
    /// <summary>Everything that a run which fails must leave as it was.</summary>
    private static readonly string[] Kept = ["MASTER", "HISTORY", "SNAPSHOT", "QUARANTINE", "METRIC", "ADOPTION"];

    private static readonly string[] Filled =
        ["DW_A.USER_PROFILE", "DW_A.ENGAGEMENT_SCORE", "DW_C.REGION_METADATA", "DW_C.REGION_THRESHOLDS"];

    private MergeScene(TestWarehouse test) => Test = test;

    public static DateOnly Day { get; } = new(2024, 3, 31);

    /// <summary>Of which a scene has no row.</summary>
    public static IEnumerable<string> EmptySources =>
        SourceDefinitions.All.Select(source => source.Table).Except(Filled, StringComparer.Ordinal);

    public TestWarehouse Test { get; }

    public static async Task<MergeScene> CreateAsync(int users = 0, bool inFile = false)
    {
        var path = inFile ? Path.Combine(Directory.CreateTempSubdirectory("loyalty-merge-").FullName, "loyalty.duckdb") : ":memory:";
        var scene = new MergeScene(await TestWarehouse.CreateAsync(path: path));
        await scene.RunAsync(
            "INSERT INTO DW_C.REGION_METADATA VALUES ('EU', 'Europe', 'BE', 'Core')",
            "INSERT INTO DW_C.REGION_THRESHOLDS VALUES ('EU', '2024-01-01', 35, 70)");
        await scene.AddUsersAsync(1, users, 50);
        return scene;
    }

    public async Task RunAsync(params string[] statements)
    {
        foreach (var statement in statements)
            await Test.ExecuteAsync(statement);
    }

    /// <summary>A user who signed up long ago and whose only other row is a score.</summary>
    public Task AddUserAsync(int user, int score) => AddUsersAsync(user, user, score);

    public Task AddUsersAsync(int first, int last, int score) => RunAsync(
        $"INSERT INTO DW_A.USER_PROFILE SELECT u, 'u' || u || '@example.com', 'User ' || u, NULL, 'EU', 'standard', 'active', TRUE, '2023-01-01', '2024-01-01' FROM range({first}, {last + 1}) AS r(u)",
        $"INSERT INTO DW_A.ENGAGEMENT_SCORE SELECT u, '2024-03-01', {score} FROM range({first}, {last + 1}) AS r(u)");

    public Task RemoveUserAsync(int user) => RunAsync(
        $"DELETE FROM DW_A.USER_PROFILE WHERE USER_ID = {user}", $"DELETE FROM DW_A.ENGAGEMENT_SCORE WHERE USER_ID = {user}");

    public Task ScoreAsync(int user, int score) => RunAsync($"UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = {score} WHERE USER_ID = {user}");

    public Task<MergeResult> MergeAsync(int daysLater = 0, bool force = false, bool planOnly = false) =>
        Test.MergeAsync(Day.AddDays(daysLater), force, planOnly);

    /// <summary>Merges with a reporter and a token of the test's own.</summary>
    public Task<MergeResult> MergeAsync(IRunReporter reporter, CancellationToken cancellationToken) =>
        new MergeRunner(Test.Pipeline).RunAsync(Test.Warehouse, new MergeOptions(Day), reporter, cancellationToken);

    /// <summary>Merges, expects the error, and that it changed nothing and stands in the run log.</summary>
    public async Task<LoyaltyException> RefusedAsync(string errorId, RunStatus status, int daysLater = 0, bool force = false)
    {
        var before = await StateAsync();
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => MergeAsync(daysLater, force));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(before, await StateAsync());
        var run = (await RunsAsync())[0];
        Assert.Equal((status, errorId, error.Message, Day.AddDays(daysLater)), (run.Status, run.ErrorId, run.ErrorMessage, run.Day));
        Assert.Equal((0, 0, 0, 0), (run.Inserted, run.Updated, run.Deleted, run.Unchanged));
        await AssertUnlockedAsync();
        return error;
    }

    /// <summary>Every row of every table that the merge writes, but for the run log and tables that a test leaves out.</summary>
    public async Task<string> StateAsync(params string[] without)
    {
        var rows = await Task.WhenAll(
            Kept.Except(without)
                .Select(async table => string.Join('\n', [table, .. await Test.RowsAsync($"SELECT * FROM LOYALTY.{table} ORDER BY ALL")])));
        return string.Join('\n', rows);
    }

    /// <summary>
    /// Some metrics as <c>metric|region|value</c>, by name; but for how long merges took, as that is never twice the same.
    /// </summary>
    public Task<IReadOnlyList<string>> MetricsAsync(string where) =>
        Test.RowsAsync(
            $"SELECT METRIC, REGION_CODE, CAST(VALUE AS DOUBLE) FROM LOYALTY.METRIC WHERE ({where}) AND METRIC <> 'run_seconds' ORDER BY METRIC, REGION_CODE, VALUE");

    /// <summary>The versions of a user as <c>score from to</c>, without the year.</summary>
    public async Task<string> HistoryAsync(int user)
    {
        var rows = await Test.RowsAsync(
            $"SELECT CAST(ENGAGEMENT_SCORE AS INTEGER) || ' ' || strftime(VALID_FROM, '%m-%d') || ' ' || COALESCE(strftime(VALID_TO, '%m-%d'), '…') FROM LOYALTY.HISTORY WHERE USER_ID = {user} ORDER BY VALID_FROM");
        return string.Join(", ", rows);
    }

    public Task<IReadOnlyList<RunRecord>> RunsAsync() =>
        RunReader.ReadAsync(Test.Warehouse, new RunQuery(), Test.Reporter, TestWarehouse.Token);

    public async Task AssertUnlockedAsync() =>
        Assert.Equal(
            ["NULL|NULL|NULL|NULL|NULL|NULL"],
            await Test.RowsAsync("SELECT RUN_ID, OWNER, HOST, PROCESS_ID, PROCESS_STARTED_AT, HELD_SINCE FROM LOYALTY.RUN_LOCK"));

    /// <summary>Has the merge use its own copy of the script and the catalog, changed.</summary>
    public void ChangeDefinition(Func<string, string>? script = null, Func<string, string>? catalog = null)
    {
        var folder =
            Directory.CreateDirectory(Path.Combine(Test.Folder, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture))).FullName;
        Copy("Master_Table.sql", folder, script);
        Copy("catalog.yml", folder, catalog);
        foreach (var view in Directory.GetFiles(Path.Combine(Repository.SqlFolder, "views")))
            File.Copy(view, Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "views")).FullName, Path.GetFileName(view)));
        Test.Pipeline = PipelineLoader.Load(folder, configPath: null) with { Config = Test.Pipeline.Config };
    }

    public async ValueTask DisposeAsync()
    {
        await Test.DisposeAsync();
        if (Test.Warehouse.Location != ":memory:")
            Directory.Delete(Path.GetDirectoryName(Test.Warehouse.Location)!, recursive: true);
    }

    private static void Copy(string name, string folder, Func<string, string>? change)
    {
        var text = File.ReadAllText(Path.Combine(Repository.SqlFolder, name));
        var changed = change?.Invoke(text) ?? text;
        Assert.True(change is null || changed != text, $"{name} has not the text that the test replaces.");
        File.WriteAllText(Path.Combine(folder, name), changed);
    }
}

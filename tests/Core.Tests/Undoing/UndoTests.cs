using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Undoing;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Undoing;

/// <summary>Taking back a day with all columns of Master; what it does to versions in any order is proven against the model.</summary>
public sealed class UndoTests
{
    private const int Days = 4;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_warehouse_is_as_one_that_never_had_the_day(int undone)
    {
        await using var scene = await WrittenAsync(Enumerable.Range(0, Days));
        await using var never = await WrittenAsync(Enumerable.Range(0, Days).Except([undone]));
        var before = await DataAsync(scene);

        var result = await UndoAsync(scene, undone);

        Assert.NotEqual(before, await DataAsync(scene));
        Assert.Equal(await DataAsync(never), await DataAsync(scene));
        Assert.Equal((true, undone == Days - 1), (result.Applied, result.WasNewest));
        Assert.Equal(MergeScene.Day.AddDays(undone == Days - 1 ? Days - 2 : Days - 1).ToDateTime(TimeOnly.MinValue), result.NewestDay);
    }

    [Fact]
    public async Task Without_its_only_day_Master_is_empty_and_the_day_can_be_written_again()
    {
        await using var scene = await WrittenAsync([0]);
        var before = await DataAsync(scene);

        var result = await UndoAsync(scene, 0);

        Assert.Equal((true, null), (result.WasNewest, result.NewestDay));
        Assert.Equal("0 True 3 3 3 0 1", Numbers(result));
        Assert.Equal("MASTER\nHISTORY\nSNAPSHOT\nQUARANTINE\nMETRIC\nADOPTION", await scene.StateAsync());
        await scene.MergeAsync();
        Assert.Equal(before, await DataAsync(scene));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_plan_says_what_the_run_does_and_writes_nothing(int undone)
    {
        await using var scene = await WrittenAsync(Enumerable.Range(0, Days));
        var (before, runs) = (await scene.StateAsync(), await scene.RunsAsync());

        var plan = await UndoAsync(scene, undone, planOnly: true);

        Assert.Equal(before, await scene.StateAsync());
        Assert.Equal(runs.Count, (await scene.RunsAsync()).Count);
        var result = await UndoAsync(scene, undone);
        Assert.Equal((false, true), (plan.Applied, result.Applied));
        Assert.Equal(Numbers(plan), Numbers(result));
        Assert.Equal(undone == 1 ? "1 False 4 3 5 3 2" : "3 True 3 1 2 1 4", Numbers(result));
    }

    [Fact]
    public async Task The_run_is_in_the_log_beside_those_that_wrote_the_day()
    {
        await using var scene = await WrittenAsync(Enumerable.Range(0, Days));

        var result = await UndoAsync(scene, 1);

        var runs = await scene.RunsAsync();
        Assert.Equal(
            (result.RunId, RunKind.Undo, RunStatus.Succeeded, MergeScene.Day.AddDays(1)),
            (runs[0].RunId, runs[0].Kind, runs[0].Status, runs[0].Day));
        Assert.Equal((result.VersionsJoined, result.VersionsRemoved), (runs[0].Inserted, runs[0].Deleted));
        Assert.Equal(Days, runs.Count(run => run is { Kind: RunKind.Merge, Status: RunStatus.Succeeded }));
        await scene.AssertUnlockedAsync();
    }

    [Fact]
    public async Task A_day_that_is_not_written_is_named_with_those_beside_it_and_nothing_is_logged()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await FailsAsync(0, "No day has been written.");
        await scene.MergeAsync(0);
        await scene.MergeAsync(2);

        await FailsAsync(1, "2024-04-01 has not been written; the written days beside it are 2024-03-31 and 2024-04-02.");
        await FailsAsync(5, "2024-04-05 has not been written; the nearest written day is 2024-04-02.");
        await FailsAsync(5, "2024-04-05 has not been written; the nearest written day is 2024-04-02.", planOnly: true);
        await UndoAsync(scene, 2);
        await FailsAsync(2, "2024-04-02 has not been written; the nearest written day is 2024-03-31.");
        Assert.Equal(3, (await scene.RunsAsync()).Count);

        async Task FailsAsync(int day, string message, bool planOnly = false)
        {
            var error = await Assert.ThrowsAsync<LoyaltyException>(() => UndoAsync(scene, day, planOnly));
            Assert.Equal(("DayNotWritten", message), (error.ErrorId, error.Message));
        }
    }

    [Fact]
    public async Task A_day_that_was_thinned_out_is_said_to_be_and_days_beside_it_join_over_it()
    {
        await using var scene = await WrittenAsync(Enumerable.Range(0, Days));
        await new HistoryCompressor(scene.Test.Pipeline).CompressAsync(
            scene.Test.Warehouse, new CompressOptions(new RetentionRule(1, ThenMonthly: false)), days => [days[1]], scene.Test.Reporter,
            TestWarehouse.Token);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => UndoAsync(scene, 1));

        Assert.Equal(
            ("DayNotWritten", "2024-04-01 was thinned out of History; the written days beside it are 2024-03-31 and 2024-04-02."),
            (error.ErrorId, error.Message));
        await UndoAsync(scene, 2);
        await using var never = await WrittenAsync([0, 3]);
        Assert.Equal(
            await never.Test.RowsAsync("SELECT * FROM LOYALTY.HISTORY ORDER BY ALL"),
            await scene.Test.RowsAsync("SELECT * FROM LOYALTY.HISTORY ORDER BY ALL"));
        // What is known of a day that was thinned out stays.
        Assert.NotEmpty(await scene.MetricsAsync("RUN_DATE = '2024-04-01'"));
        Assert.Empty(await scene.MetricsAsync("RUN_DATE = '2024-04-02'"));
    }

    [Fact]
    public async Task Rows_that_wait_for_a_repair_are_those_of_the_newest_day_left()
    {
        await using var scene = await WrittenAsync(Enumerable.Range(0, Days));
        await using var never = await WrittenAsync(Enumerable.Range(0, Days - 1));
        Assert.NotEqual(await OpenAsync(never), await OpenAsync(scene));

        await UndoAsync(scene, Days - 1);

        Assert.Equal(await OpenAsync(never), await OpenAsync(scene));
        Assert.NotEmpty(await OpenAsync(scene));

        static async Task<List<string>> OpenAsync(MergeScene scene) => await QuarantineReader.ReadAsync(
            scene.Test.Warehouse, new QuarantineQuery(OpenOnly: true), scene.Test.Reporter, TestWarehouse.Token)
            .Select(row => $"{row.RowKey} {row.Rule}").ToListAsync(TestWarehouse.Token);
    }

    [Fact]
    public async Task Columns_that_the_catalog_no_longer_has_are_kept()
    {
        await using var scene = await WrittenAsync([0]);
        await scene.RunAsync(
            "ALTER TABLE LOYALTY.HISTORY ADD COLUMN OLD_NOTE VARCHAR", "UPDATE LOYALTY.HISTORY SET OLD_NOTE = 'h' || USER_ID",
            "ALTER TABLE LOYALTY.MASTER ADD COLUMN OLD_NOTE VARCHAR", "UPDATE LOYALTY.MASTER SET OLD_NOTE = 'h' || USER_ID",
            "ALTER TABLE LOYALTY.MASTER ADD COLUMN OWN_NOTE VARCHAR");
        var master = await scene.Test.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY USER_ID");
        await scene.ScoreAsync(1, 90);
        await scene.MergeAsync(1, force: true);

        await UndoAsync(scene, 1);

        Assert.Equal(master, await scene.Test.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY USER_ID"));
    }

    [Theory]
    [InlineData("DELETE FROM LOYALTY.HISTORY WHERE USER_ID = 3", "2024-03-31 had 3 users when it was written, but LOYALTY.HISTORY would have 2.")]
    [InlineData("DELETE FROM LOYALTY.MASTER WHERE USER_ID = 3", "2024-04-02 had 3 users when it was written, but LOYALTY.MASTER would have 2.")]
    public async Task What_does_not_add_up_is_left_alone(string damage, string message)
    {
        await using var scene = await WrittenAsync(Enumerable.Range(0, Days));
        await scene.RunAsync(damage);
        var before = await scene.StateAsync();

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => UndoAsync(scene, Days - 1));

        Assert.Equal(("ReconciliationFailed", message), (error.ErrorId, error.Message));
        Assert.Equal(before, await scene.StateAsync());
        Assert.Equal((RunKind.Undo, RunStatus.Failed), ((await scene.RunsAsync())[0].Kind, (await scene.RunsAsync())[0].Status));
        await scene.AssertUnlockedAsync();
    }

    [Theory]
    [InlineData("Plan")]
    [InlineData("Write")]
    public async Task Cancelled_at_any_step_it_changes_nothing(string step)
    {
        await using var scene = await WrittenAsync(Enumerable.Range(0, Days));
        var before = await scene.StateAsync();
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new MergeUndoer(scene.Test.Pipeline).UndoAsync(
            scene.Test.Warehouse, new UndoOptions(MergeScene.Day.AddDays(1)), new StepCanceller(step, source), source.Token));

        Assert.Equal(before, await scene.StateAsync());
        Assert.Equal((RunKind.Undo, RunStatus.Cancelled), ((await scene.RunsAsync())[0].Kind, (await scene.RunsAsync())[0].Status));
        await scene.AssertUnlockedAsync();
        Assert.True((await UndoAsync(scene, 1)).Applied);
    }

    // Each day has another score of the first user, a second user who comes and goes, a feature that is taken up and rows to reject.
    private static async Task<MergeScene> WrittenAsync(IEnumerable<int> days)
    {
        var scene = await MergeScene.CreateAsync(users: 3);
        var written = days.ToHashSet();
        for (var day = 0; day <= written.Max(); day++)
        {
            await scene.ScoreAsync(1, 40 + 10 * day);
            if (day == 1)
                await scene.AddUserAsync(8, 80);
            if (day == 2)
                await scene.RemoveUserAsync(8);
            await scene.RunAsync(
                $"INSERT INTO DW_B.FEATURE_ADOPTION VALUES ({1 + day % 3}, 'f{day}', 'Shop', '2024-03-0{day + 1}', '2024-03-0{day + 1}', 1)",
                $"INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES ({100 + day}, '2024-03-0{day + 1}', 50)");
            if (written.Contains(day))
                await scene.MergeAsync(day, force: true);
        }

        return scene;
    }

    private static Task<UndoResult> UndoAsync(MergeScene scene, int daysLater, bool planOnly = false) =>
        new MergeUndoer(scene.Test.Pipeline).UndoAsync(
            scene.Test.Warehouse, new UndoOptions(MergeScene.Day.AddDays(daysLater), planOnly), scene.Test.Reporter, TestWarehouse.Token);

    // But for which runs wrote it, when, and how long they took.
    private static async Task<string> DataAsync(MergeScene scene) => string.Join('\n', [
        await scene.StateAsync("SNAPSHOT", "QUARANTINE", "METRIC"),
        .. await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE, ROW_COUNT FROM LOYALTY.SNAPSHOT ORDER BY ALL"),
        .. await scene.Test.RowsAsync("SELECT * EXCLUDE (RUN_ID) FROM LOYALTY.QUARANTINE ORDER BY ALL"),
        .. await scene.Test.RowsAsync("SELECT * FROM LOYALTY.METRIC WHERE METRIC <> 'run_seconds' ORDER BY ALL"),
        .. await scene.Test.RowsAsync("SELECT RUN_DATE FROM LOYALTY.METRIC WHERE METRIC = 'run_seconds' ORDER BY ALL"),
    ]);

    private static string Numbers(UndoResult result) =>
        $"{result.RunDate.DayOfYear - MergeScene.Day.DayOfYear} {result.WasNewest} {result.Users} {result.UsersAffected} {result.VersionsRemoved} {result.VersionsJoined} {result.Quarantined}";
}

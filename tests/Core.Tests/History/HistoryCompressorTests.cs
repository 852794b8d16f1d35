using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.History;

/// <summary>Thinning history with all columns of Master; what it does to versions is proven against the model.</summary>
public sealed class HistoryCompressorTests
{
    private const string Log =
        "SELECT * FROM LOYALTY.HISTORY_SNAPSHOT WHERE SNAPSHOT_DATE IN ('2024-03-31', '2024-04-03') ORDER BY SNAPSHOT_DATE, USER_ID";

    [Fact]
    public async Task Days_that_stay_say_what_they_said_and_the_run_is_logged()
    {
        await using var scene = await FiveDaysAsync();
        var (log, master) = (await scene.Test.RowsAsync(Log), await scene.Test.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY USER_ID"));

        var plan = await CompressAsync(scene, planOnly: true);
        var before = await scene.StateAsync();
        var result = await CompressAsync(scene);

        Assert.Equal("50 03-31 04-03, 53 04-03 …", await scene.HistoryAsync(1));
        Assert.Equal(log, await scene.Test.RowsAsync(Log));
        Assert.Equal(master, await scene.Test.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY USER_ID"));
        Assert.Equal(["2024-03-31", "2024-04-03"], await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT ORDER BY ALL"));
        Assert.Equal(["2024-03-30", "2024-04-01", "2024-04-02"], result.DaysRemoved.Select(day => $"{day:yyyy-MM-dd}"));
        // Two users; the first has had another score on each day.
        Assert.Equal((2, 6, 3), (result.DaysKept, result.VersionsBefore, result.VersionsAfter));
        Assert.Equal((false, true), (plan.Applied, result.Applied));
        Assert.Equal(
            (plan.DaysKept, plan.VersionsBefore, plan.VersionsAfter), (result.DaysKept, result.VersionsBefore, result.VersionsAfter));
        Assert.NotEqual(before, await scene.StateAsync());
        var run = (await scene.RunsAsync())[0];
        Assert.Equal((result.RunId, RunKind.Compress, RunStatus.Succeeded), (run.RunId, run.Kind, run.Status));
        Assert.Equal(result.VersionsAfter, run.Unchanged + run.Inserted);
        Assert.Equal(result.VersionsBefore, run.Unchanged + run.Deleted);
        await scene.AssertUnlockedAsync();
    }

    [Fact]
    public async Task A_plan_writes_nothing_and_a_second_run_finds_nothing()
    {
        await using var scene = await FiveDaysAsync();
        var before = await scene.StateAsync();
        await CompressAsync(scene, planOnly: true);
        Assert.Equal(before, await scene.StateAsync());
        Assert.Equal(5, (await scene.RunsAsync()).Count);

        await CompressAsync(scene);
        var after = await scene.StateAsync();
        var again = await CompressAsync(scene);

        Assert.Empty(again.DaysRemoved);
        Assert.Equal(after, await scene.StateAsync());
    }

    [Fact]
    public async Task A_day_that_was_removed_can_be_written_again()
    {
        await using var scene = await FiveDaysAsync();
        await CompressAsync(scene);
        await scene.ScoreAsync(1, 77);

        await scene.MergeAsync(daysLater: 1, force: true);

        Assert.Equal("50 03-31 04-01, 77 04-01 04-03, 53 04-03 …", await scene.HistoryAsync(1));
    }

    [Fact]
    public async Task A_column_that_the_catalog_no_longer_has_is_kept_and_keeps_versions_apart()
    {
        await using var scene = await FiveDaysAsync();
        await scene.RunAsync(
            "ALTER TABLE LOYALTY.HISTORY ADD COLUMN OLD_NOTE VARCHAR", "UPDATE LOYALTY.HISTORY SET OLD_NOTE = 'n' || VALID_FROM");
        await scene.RunAsync("UPDATE LOYALTY.HISTORY SET ENGAGEMENT_SCORE = 1 WHERE USER_ID = 1");

        await CompressAsync(scene);

        Assert.Equal(
            ["n2024-03-31", "n2024-04-03"],
            await scene.Test.RowsAsync("SELECT OLD_NOTE FROM LOYALTY.HISTORY WHERE USER_ID = 1 ORDER BY VALID_FROM"));
    }

    [Fact]
    public async Task A_history_that_does_not_add_up_is_left_alone()
    {
        await using var scene = await FiveDaysAsync();
        await scene.RunAsync("DELETE FROM LOYALTY.HISTORY WHERE USER_ID = 2");
        var before = await scene.StateAsync();

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => CompressAsync(scene));

        Assert.Equal("ReconciliationFailed", error.ErrorId);
        Assert.Equal("2024-03-31 had 2 users when it was written, but LOYALTY.HISTORY would have 1.", error.Message);
        Assert.Equal(before, await scene.StateAsync());
        Assert.Equal(
            (RunKind.Compress, RunStatus.Failed, "ReconciliationFailed"),
            ((await scene.RunsAsync())[0].Kind, (await scene.RunsAsync())[0].Status, (await scene.RunsAsync())[0].ErrorId));
        await scene.AssertUnlockedAsync();
    }

    [Theory]
    [InlineData("Plan")]
    [InlineData("Write")]
    public async Task Cancelled_at_any_step_it_changes_nothing(string step)
    {
        await using var scene = await FiveDaysAsync();
        var before = await scene.StateAsync();
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new HistoryCompressor(scene.Test.Pipeline).CompressAsync(
            scene.Test.Warehouse, new CompressOptions(new RetentionRule(1, ThenMonthly: true)), new StepCanceller(step, source),
            source.Token));

        Assert.Equal(before, await scene.StateAsync());
        Assert.Equal((RunKind.Compress, RunStatus.Cancelled), ((await scene.RunsAsync())[0].Kind, (await scene.RunsAsync())[0].Status));
        await scene.AssertUnlockedAsync();
        Assert.Equal(3, (await CompressAsync(scene)).DaysRemoved.Count);
    }

    [Fact]
    public async Task Nothing_written_is_nothing_to_thin()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);

        Assert.Equal((0, 0L), ((await CompressAsync(scene)).DaysKept, (await CompressAsync(scene)).VersionsAfter));
    }

    // 2024-03-30 to 2024-04-03; the first user has another score on each day.
    private static async Task<MergeScene> FiveDaysAsync()
    {
        var scene = await MergeScene.CreateAsync(users: 2);
        for (var day = -1; day <= 3; day++)
        {
            await scene.ScoreAsync(1, 50 + day);
            await scene.MergeAsync(daysLater: day);
        }

        return scene;
    }

    private static Task<CompressResult> CompressAsync(
        MergeScene scene, bool planOnly = false) => new HistoryCompressor(scene.Test.Pipeline).CompressAsync(
        scene.Test.Warehouse, new CompressOptions(new RetentionRule(1, ThenMonthly: true), planOnly), scene.Test.Reporter,
        TestWarehouse.Token);
}

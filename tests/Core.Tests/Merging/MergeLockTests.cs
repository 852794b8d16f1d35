using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>One run writes at a time, and a run that died holds nobody up.</summary>
public sealed class MergeLockTests
{
    private const string DeadRun = "20240101T000000000-dead";

    [Fact]
    public async Task A_held_lock_names_its_holder()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        var before = await scene.StateAsync();
        await using (var held = await TakeAsync(scene))
        {
            var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.MergeAsync());
            Assert.Equal("RunLocked", error.ErrorId);
            Assert.Equal(
                $"The warehouse is being written by run {held.Holder.RunId} of {Environment.UserName} on {Environment.MachineName}, process {Environment.ProcessId}, since {held.Holder.Since:u}.",
                error.Message);
            Assert.Equal(held.Holder, Assert.IsType<RunHolder>(error.Target) with { Since = held.Holder.Since });
            Assert.Equal(before, await scene.StateAsync());
        }

        await scene.AssertUnlockedAsync();
        Assert.Equal(1, (await scene.MergeAsync()).Inserted);
    }

    [Theory]
    [InlineData("HOST = 'elsewhere'")]
    [InlineData("PROCESS_ID = PROCESS_ID + 1")]
    // The same number, and by its clock, which was put back since, it took the lock after this process had begun.
    [InlineData("PROCESS_STARTED_AT = PROCESS_STARTED_AT + INTERVAL '2 hours', HELD_SINCE = HELD_SINCE + INTERVAL '3 hours'")]
    [InlineData("PROCESS_STARTED_AT = NULL")]
    [InlineData("HOST = NULL")]
    public async Task The_lock_of_a_process_that_died_is_taken_over(string difference)
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await using var held = await TakeAsync(scene);
        Assert.Equal("RunLocked", (await Assert.ThrowsAsync<LoyaltyException>(() => scene.MergeAsync())).ErrorId);
        await scene.RunAsync($"UPDATE LOYALTY.RUN_LOCK SET RUN_ID = '{DeadRun}', {difference}");

        Assert.Equal(1, (await scene.MergeAsync()).Inserted);
        await scene.AssertUnlockedAsync();
    }

    [Fact]
    public async Task A_lock_of_an_earlier_version_asks_to_be_initialized()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.RunAsync("ALTER TABLE LOYALTY.RUN_LOCK DROP COLUMN PROCESS_STARTED_AT");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.MergeAsync());

        Assert.Equal("WarehouseNotInitialized", error.ErrorId);
        Assert.Contains("it has no column PROCESS_STARTED_AT", error.Message, StringComparison.Ordinal);
        await new Core.Deployment.SchemaInstaller(scene.Test.Pipeline.Catalog).InitializeAsync(
            scene.Test.Warehouse, includeSources: false, planOnly: false, scene.Test.Reporter, TestWarehouse.Token);
        Assert.Equal(1, (await scene.MergeAsync()).Inserted);
    }

    [Fact]
    public async Task A_run_waits_for_another_and_says_so()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        var held = await TakeAsync(scene);
        var reporter = new RecordingReporter();

        var waiting = MergeAsync(scene, TimeSpan.FromMinutes(1), reporter, TestWarehouse.Token);
        while (reporter.ProgressReports.Count < 2)
            await Task.Delay(10, TestWarehouse.Token);
        Assert.False(waiting.IsCompleted);
        await held.DisposeAsync();
        var result = await waiting;

        var said = reporter.ProgressReports.First();
        Assert.Equal(
            ("Waiting", $"The warehouse is being written by {held.Holder with { Since = Stored(held.Holder.Since) }}."),
            (said.Activity, said.Step));
        Assert.InRange(said.TimeLeft!.Value.TotalSeconds, 1, 60);
        var run = Assert.Single(await scene.RunsAsync());
        Assert.Equal(result.RunId, run.RunId);
        // Only what came before the run itself.
        Assert.InRange(run.WaitedSeconds!.Value, 0.001, 60);
        Assert.True(string.CompareOrdinal(run.RunId, held.Holder.RunId) > 0);
    }

    [Fact]
    public async Task A_run_that_has_waited_long_enough_is_refused()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await using var held = await TakeAsync(scene);
        var reporter = new RecordingReporter();
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => MergeAsync(scene, TimeSpan.FromMilliseconds(400), reporter, TestWarehouse.Token));

        Assert.Equal("RunLocked", error.ErrorId);
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(400));
        Assert.All(reporter.ProgressReports, progress => Assert.Equal("Waiting", progress.Activity));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await using var held = await TakeAsync(scene);
        using var source = new CancellationTokenSource();
        var reporter = new RecordingReporter();

        var waiting = MergeAsync(scene, TimeSpan.FromDays(1), reporter, source.Token);
        while (reporter.ProgressReports.Count < 1)
            await Task.Delay(10, TestWarehouse.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_wait_is_spent_once_however_many_runs_share_it()
    {
        var wait = new LockWait(TimeSpan.FromMilliseconds(300));
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await using (await TakeAsync(scene))
        {
            await Assert.ThrowsAsync<LoyaltyException>(() => TakeAsync(scene, wait));
            Assert.True(wait.TakeWaited() >= TimeSpan.FromMilliseconds(300));
            await Assert.ThrowsAsync<LoyaltyException>(() => TakeAsync(scene, wait));
        }

        Assert.Equal(TimeSpan.Zero, wait.TakeWaited());
    }

    [Fact]
    public async Task A_run_does_not_release_the_lock_of_another()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await using (await TakeAsync(scene))
            await scene.RunAsync("UPDATE LOYALTY.RUN_LOCK SET RUN_ID = 'second'");

        Assert.Equal(["second"], await scene.Test.RowsAsync("SELECT RUN_ID FROM LOYALTY.RUN_LOCK"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_merges_at_the_same_time_each_writes_whole_or_is_refused(bool inFile)
    {
        await using var scene = await MergeScene.CreateAsync(users: 20, inFile: inFile);
        var written = 0;
        for (var round = 0; round < 8; round++)
        {
            await scene.ScoreAsync(1, 40 + round);
            var day = round;
            var attempts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () => await AttemptAsync(scene, day))));

            Assert.Contains(attempts, error => error is null);
            Assert.All(attempts.OfType<LoyaltyException>(), error =>
            {
                Assert.Equal("RunLocked", error.ErrorId);
                Assert.Matches(@"by run \d{8}T\d{9}-[0-9a-f]{4} of ", error.Message);
            });
            written += attempts.Count(error => error is null);
            await scene.AssertUnlockedAsync();
        }

        Assert.Equal(written, (await scene.RunsAsync()).Count(run => run.Status == RunStatus.Succeeded));
        Assert.Equal(
            ["27", "20", "8"],
            await scene.Test.RowsAsync(
                "SELECT COUNT(*) FROM LOYALTY.HISTORY UNION ALL SELECT COUNT(*) FROM LOYALTY.MASTER UNION ALL SELECT COUNT(*) FROM LOYALTY.SNAPSHOT"));
        Assert.StartsWith("40 03-31 04-01, 41 04-01 04-02, 42 04-02 04-03", await scene.HistoryAsync(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warehouse_without_tables_is_not_initialized()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var warehouse = await DuckDbWarehouse.OpenAsync(":memory:", TestWarehouse.Token);
        foreach (var planOnly in new[] { true, false })
        {
            var error = await Assert.ThrowsAsync<LoyaltyException>(() => new Core.Merging.MergeRunner(test.Pipeline).RunAsync(
                warehouse, new Core.Merging.MergeOptions(MergeScene.Day, PlanOnly: planOnly), test.Reporter, TestWarehouse.Token));
            Assert.Equal("WarehouseNotInitialized", error.ErrorId);
        }
    }

    [Fact]
    public async Task A_lock_that_is_gone_comes_back_with_the_next_initialization()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.RunAsync("DELETE FROM LOYALTY.RUN_LOCK");
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.MergeAsync());
        Assert.Equal("WarehouseNotInitialized", error.ErrorId);

        var changes = await new Core.Deployment.SchemaInstaller(scene.Test.Pipeline.Catalog).InitializeAsync(
            scene.Test.Warehouse, includeSources: true, planOnly: false, scene.Test.Reporter, TestWarehouse.Token);
        Assert.Equal(SchemaAction.SeedRow, Assert.Single(changes).Action);
        Assert.Equal(1, (await scene.MergeAsync()).Inserted);
    }

    private static DateTime Stored(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    private static Task<Core.Merging.MergeResult> MergeAsync(
        MergeScene scene, TimeSpan timeout, IRunReporter reporter, CancellationToken cancellationToken) =>
        new Core.Merging.MergeRunner(scene.Test.Pipeline).RunAsync(
            scene.Test.Warehouse, new Core.Merging.MergeOptions(MergeScene.Day, LockWait: new LockWait(timeout)), reporter,
            cancellationToken);

    private static Task<RunLock> TakeAsync(MergeScene scene, LockWait? wait = null) =>
        RunLock.TakeAsync(scene.Test.Warehouse, wait, scene.Test.Reporter, TestWarehouse.Token);

    private static async Task<LoyaltyException?> AttemptAsync(MergeScene scene, int daysLater)
    {
        try
        {
            await scene.MergeAsync(daysLater);
            return null;
        }
        catch (LoyaltyException error)
        {
            return error;
        }
    }
}

using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using LoyaltyPipeline.Core.Tests.Truth.Generators;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>A range of days, written by one replay.</summary>
public sealed class ReplayTests
{
    private const string Written =
        "SELECT r.RUN_DATE, r.STATUS, r.INSERTED, r.UPDATED, r.DELETED, r.UNCHANGED, r.QUARANTINED, s.SOURCE_TABLE, s.ROWS_READ, s.ROWS_USED, s.ROWS_QUARANTINED, s.NEWEST_EVENT_AT"
        + " FROM LOYALTY.RUN AS r JOIN LOYALTY.RUN_SOURCE AS s USING (RUN_ID) WHERE r.KIND = 'Merge' ORDER BY ALL";

    private const string Rejected =
        "SELECT r.RUN_DATE, q.SOURCE_TABLE, q.ROW_KEY, q.RULE, q.DETAIL FROM LOYALTY.QUARANTINE AS q JOIN LOYALTY.RUN AS r USING (RUN_ID) ORDER BY ALL";

    private const string Measured = "SELECT * FROM LOYALTY.METRIC WHERE METRIC <> 'run_seconds' ORDER BY ALL";

    [Fact]
    public void It_writes_what_the_days_one_by_one_write() => DirtySources.Check(
        dirty =>
        {
            var replayed = Write(dirty, (test, first) => ReplayAsync(test, new ReplayOptions(first, dirty.RunDate, Force: true)));
            var merged = Write(dirty, async (test, first) =>
            {
                for (var day = first; day <= dirty.RunDate; day = day.AddDays(1))
                    await test.MergeAsync(day, force: true);
            });

            Assert.Equal(merged, replayed);
        },
        atLeast: 2,
        seconds: 6);

    /// <summary>However many days a replay writes, it keeps nothing of those that are done.</summary>
    [Fact]
    public async Task Nothing_of_the_days_that_are_done_is_kept()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);

        var days = await ReplayWeaklyAsync(scene, TestDepth.Of(fast: 10, full: 400));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Equal(TestDepth.Of(fast: 10, full: 400), days.Count);
        // One or two may still be in some register.
        Assert.InRange(days.Count(day => day.IsAlive), 0, 2);
    }

    [Fact]
    public async Task After_an_interruption_the_missing_days_are_written()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        var range = new ReplayOptions(MergeScene.Day, MergeScene.Day.AddDays(5));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in new ReplayRunner(scene.Test.Pipeline).RunAsync(
                scene.Test.Warehouse, range, scene.Test.Reporter, stop.Token))
            {
                if (result.RunDate == MergeScene.Day.AddDays(2).ToDateTime(default))
                    await stop.CancelAsync();
            }
        });
        Assert.Equal(
            ["2024-03-31", "2024-04-01", "2024-04-02"],
            await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT ORDER BY 1"));
        await scene.AssertUnlockedAsync();

        var days = await ReplayAsync(scene.Test, range with { OnlyMissing = true });

        Assert.Equal([3, 4, 5], days.Select(day => day.DayNumber - MergeScene.Day.DayNumber));
        Assert.Empty(await ReplayAsync(scene.Test, range with { OnlyMissing = true }));
        Assert.Equal(6, (await ReplayAsync(scene.Test, range)).Count);
    }

    [Fact]
    public async Task Cancelled_at_any_step_of_a_day_it_keeps_the_days_before_and_goes_on_later()
    {
        await using var scene = await ChangingAsync();
        var range = new ReplayOptions(MergeScene.Day, MergeScene.Day.AddDays(2), OnlyMissing: true);
        var steps = (await scene.MergeAsync(planOnly: true)).Steps.Select(step => step.Step).Concat(["Upgrade", "Write", "Commit"])
            .ToList();
        await scene.MergeAsync();
        foreach (var step in steps)
        {
            var before = await scene.StateAsync();
            using var source = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => ReplayAsync(scene.Test, range, new StepCanceller(step, source, "day 1 of 2"), source.Token));
            Assert.Equal(before, await scene.StateAsync());
            await scene.AssertUnlockedAsync();
        }

        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ReplayAsync(scene.Test, range, new StepCanceller("Write", stop, "day 2 of 2"), stop.Token));
        Assert.Equal(["2024-03-31", "2024-04-01"], await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT ORDER BY 1"));
        Assert.Equal(
            [$"Cancelled|{steps.Count + 1}", "Succeeded|2"],
            await scene.Test.RowsAsync("SELECT STATUS, COUNT(*) FROM LOYALTY.RUN GROUP BY ALL ORDER BY ALL"));
        Assert.Single(await ReplayAsync(scene.Test, range));

        await using var undisturbed = await ChangingAsync();
        await ReplayAsync(undisturbed.Test, range);
        foreach (var table in new[] { "MASTER", "HISTORY" })
            Assert.Equal(
                await undisturbed.Test.RowsAsync($"SELECT * FROM LOYALTY.{table} ORDER BY ALL"),
                await scene.Test.RowsAsync($"SELECT * FROM LOYALTY.{table} ORDER BY ALL"));
    }

    [Fact]
    public async Task Progress_is_that_of_the_whole_range_and_warnings_come_once()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);

        await ReplayAsync(scene.Test, new ReplayOptions(MergeScene.Day, MergeScene.Day.AddDays(3)));

        Assert.Equal(
            MergeScene.EmptySources.Count(),
            scene.Test.Reporter.Warnings.Count(warning => warning.Contains("nothing is known", StringComparison.Ordinal)));
        var progress = scene.Test.Reporter.ProgressReports.Where(progress => progress.Activity.Contains("of 4", StringComparison.Ordinal))
            .ToList();
        Assert.Equal([0, 25, 50, 75], progress.Select(step => step.Percent).Distinct());
        Assert.Null(progress[0].TimeLeft);
        Assert.True(progress[^1].TimeLeft > TimeSpan.Zero);
    }

    [Fact]
    public async Task That_Master_stays_is_said_once_where_no_day_is_the_newest()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        await scene.MergeAsync(daysLater: 5);

        await ReplayAsync(scene.Test, new ReplayOptions(MergeScene.Day.AddDays(3), MergeScene.Day.AddDays(5)));
        Assert.Empty(Notices());

        await ReplayAsync(scene.Test, new ReplayOptions(MergeScene.Day, MergeScene.Day.AddDays(2)));
        Assert.Equal(
            ["2024-04-02 is older than 2024-04-05, the newest written day: it goes into History alone, and Master stays as of 2024-04-05."],
            Notices());

        IEnumerable<string> Notices() =>
            scene.Test.Reporter.Warnings.Where(warning => warning.Contains("History alone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_day_that_fails_ends_it_and_keeps_the_days_before()
    {
        await using var scene = await MergeScene.CreateAsync(users: 10);
        await scene.RunAsync(
            $"UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE_DATE = '2024-01-01'",
            "INSERT INTO DW_A.ENGAGEMENT_SCORE SELECT USER_ID, '2024-04-02', 90 FROM DW_A.USER_PROFILE");

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => ReplayAsync(scene.Test, new ReplayOptions(MergeScene.Day, MergeScene.Day.AddDays(5))));

        Assert.Equal("GuardTripped", error.ErrorId);
        Assert.Equal([RunStatus.Refused, RunStatus.Succeeded, RunStatus.Succeeded], (await scene.RunsAsync()).Select(run => run.Status));
        Assert.Equal(["2024-03-31", "2024-04-01"], await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT ORDER BY 1"));
        await scene.AssertUnlockedAsync();
    }

    [Fact]
    public async Task A_range_that_ends_before_it_begins_is_refused()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => ReplayAsync(scene.Test, new ReplayOptions(MergeScene.Day, MergeScene.Day.AddDays(-1))));

        Assert.Equal("RunDatesReversed", error.ErrorId);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task<List<WeakReference>> ReplayWeaklyAsync(MergeScene scene, int days)
    {
        var results = new List<WeakReference>();
        var range = new ReplayOptions(MergeScene.Day, MergeScene.Day.AddDays(days - 1), Force: true);
        await foreach (var result in new ReplayRunner(scene.Test.Pipeline).RunAsync(
            scene.Test.Warehouse, range, scene.Test.Reporter, TestWarehouse.Token))
            results.Add(new WeakReference(result));
        return results;
    }

    private static async Task<MergeScene> ChangingAsync()
    {
        var scene = await MergeScene.CreateAsync(users: 10);
        await scene.RunAsync(
            "INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (1, '2024-04-01', 60), (1, '2024-04-02', 61), (2, '2024-04-02', 80), (99, '2024-04-01', 1)");
        return scene;
    }

    private static Task<List<DateOnly>> ReplayAsync(TestWarehouse test, ReplayOptions options) =>
        ReplayAsync(test, options, test.Reporter, TestWarehouse.Token);

    private static async Task<List<DateOnly>> ReplayAsync(
        TestWarehouse test, ReplayOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var days = new List<DateOnly>();
        await foreach (var result in new ReplayRunner(test.Pipeline).RunAsync(test.Warehouse, options, reporter, cancellationToken))
            days.Add(DateOnly.FromDateTime(result.RunDate));
        return days;
    }

    private static List<string> Write(DirtyCase dirty, Func<TestWarehouse, DateOnly, Task> writeAsync) => Task.Run(async () =>
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var connection = await test.ConnectAsync();
        SourceTables.Write(connection, dirty.Sources);
        await writeAsync(test, dirty.RunDate.AddDays(-4));
        return (List<string>)
        [
            .. await test.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY ALL"),
            .. await test.RowsAsync("SELECT * FROM LOYALTY.HISTORY ORDER BY ALL"),
            .. await test.RowsAsync("SELECT SNAPSHOT_DATE, ROW_COUNT FROM LOYALTY.SNAPSHOT ORDER BY ALL"), .. await test.RowsAsync(Written),
            .. await test.RowsAsync(Rejected),
            .. await test.RowsAsync(Measured),
        ];
    }).GetAwaiter().GetResult();
}

using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>A merge that is cancelled, wherever it is, leaves everything as it was; the next one just works.</summary>
public sealed class MergeCancellationTests
{
    [Fact]
    public async Task Cancelled_at_any_step_the_merge_changes_nothing()
    {
        await using var scene = await MergeScene.CreateAsync(users: 20);
        var steps = (await scene.MergeAsync()).Steps.Select(step => step.Step).ToList();
        await ChangeAsync(scene);
        var before = await scene.StateAsync();
        foreach (var step in steps)
        {
            using var source = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.MergeAsync(new StepCanceller(step, source), source.Token));

            Assert.Equal(before, await scene.StateAsync());
            await scene.AssertUnlockedAsync();
            var run = (await scene.RunsAsync())[0];
            Assert.Equal((RunStatus.Cancelled, MergeScene.Day, 0), (run.Status, run.Day, run.Inserted));
            Assert.NotNull(run.ErrorId);
        }

        Assert.Equal(1 + steps.Count, (await scene.RunsAsync()).Count);
        var result = await scene.MergeAsync();
        await using var undisturbed = await MergeScene.CreateAsync(users: 20);
        await undisturbed.MergeAsync();
        await ChangeAsync(undisturbed);
        var expected = await undisturbed.MergeAsync();
        Assert.Equal(
            (expected.Inserted, expected.Updated, expected.Deleted, expected.Quarantined),
            (result.Inserted, result.Updated, result.Deleted, result.Quarantined));
        foreach (var table in new[] { "MASTER", "HISTORY" })
            Assert.Equal(
                await undisturbed.Test.RowsAsync($"SELECT * FROM LOYALTY.{table} ORDER BY ALL"),
                await scene.Test.RowsAsync($"SELECT * FROM LOYALTY.{table} ORDER BY ALL"));
    }

    [Fact]
    public async Task Cancelled_before_it_begins_the_merge_does_nothing()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.MergeAsync(scene.Test.Reporter, source.Token));
        await scene.AssertUnlockedAsync();
    }

    [Fact]
    public async Task Cancelled_in_the_middle_of_a_statement_it_stops_soon_and_changes_nothing()
    {
        await using var scene = await MergeScene.CreateAsync();
        await new SyntheticDataWriter(scene.Test.Pipeline).WriteAsync(
            scene.Test.Warehouse, new SyntheticDataOptions { Users = 5000, LastDay = MergeScene.Day }, replace: true, wait: null,
            scene.Test.Reporter, TestWarehouse.Token);
        var before = await scene.StateAsync();
        var stopped = 0;
        foreach (var milliseconds in new[] { 20, 60, 120, 200, 300 })
        {
            using var source = new CancellationTokenSource(milliseconds);
            try
            {
                await scene.MergeAsync(scene.Test.Reporter, source.Token);
                break;
            }
            catch (OperationCanceledException)
            {
                stopped++;
                Assert.Equal(before, await scene.StateAsync());
                await scene.AssertUnlockedAsync();
            }
        }

        Assert.NotEqual(0, stopped);
        Assert.Equal(5000, (await scene.MergeAsync()).Users);
        Assert.All((await scene.RunsAsync()).Where(run => run.Status == RunStatus.Cancelled), run => Assert.True(run.Seconds < 2));
    }

    private static async Task ChangeAsync(MergeScene scene)
    {
        await scene.ScoreAsync(1, 90);
        await scene.RemoveUserAsync(2);
        await scene.AddUserAsync(21, 20);
        await scene.RunAsync("INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (99, '2024-03-02', 5)");
    }
}

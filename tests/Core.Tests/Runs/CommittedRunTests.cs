using System.Diagnostics;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Runs;

/// <summary>What a run has committed is done, whatever cannot be cleaned up after it.</summary>
public sealed class CommittedRunTests
{
    [Fact]
    [Unix("Only root on Linux can make a folder immutable.", Linux = true, Root = true)]
    public async Task A_merge_whose_notice_is_held_has_succeeded()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1, inFile: true);
        var location = scene.Test.Warehouse.Location;
        var folder = Path.GetDirectoryName(location)!;
        try
        {
            // Stands for a program that has the notice open: it cannot be removed.
            await using var observed = new ObservedWarehouse(scene.Test.Warehouse, asked =>
            {
                if (asked == "COMMIT")
                    Change("+i", folder);
            });

            var result = await new MergeRunner(scene.Test.Pipeline).RunAsync(
                observed, new MergeOptions(MergeScene.Day), scene.Test.Reporter, TestWarehouse.Token);

            Assert.Equal(MergeOutcome.Written, result.Outcome);
            Assert.True(File.Exists(location + ".run"), "The folder was not held.");
            Assert.Empty(await File.ReadAllTextAsync(location + ".run", TestWarehouse.Token));
        }
        finally
        {
            Change("-i", folder);
        }

        Assert.Equal(["Succeeded"], await scene.Test.RowsAsync("SELECT STATUS FROM LOYALTY.RUN"));
        await scene.AssertUnlockedAsync();
        Assert.Equal(MergeOutcome.Written, (await scene.MergeAsync(daysLater: 1)).Outcome);
        Assert.False(File.Exists(location + ".run"), "The next run leaves nothing.");
    }

    [Fact]
    public async Task A_run_that_fails_after_its_commit_is_logged_once_and_as_succeeded()
    {
        await using var scene = await FrameScene.CreateAsync();
        var run = scene.Run(() => throw new IOException("in use"));

        await Assert.ThrowsAsync<IOException>(() => run.RunLockedAsync(wait: null, TestWarehouse.Token));

        Assert.Equal([$"{run.RunId}|Succeeded"], await scene.Test.RowsAsync("SELECT RUN_ID, STATUS FROM LOYALTY.RUN"));
        Assert.Equal(
            $"The run {run.RunId} had written everything when it failed: what it was to do is done.",
            Assert.Single(scene.Test.Reporter.Warnings));
    }

    [Fact]
    public async Task A_lock_that_cannot_be_set_free_is_a_warning()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await using var observed = new ObservedWarehouse(scene.Test.Warehouse, asked =>
        {
            if (asked.Contains("SET RUN_ID = NULL", StringComparison.Ordinal))
                throw Core.Errors.LoyaltyErrors.QueryFailed.Because("The engine is gone.");
        });

        var result = await new MergeRunner(scene.Test.Pipeline).RunAsync(
            observed, new MergeOptions(MergeScene.Day), scene.Test.Reporter, TestWarehouse.Token);

        Assert.Equal(MergeOutcome.Written, result.Outcome);
        Assert.Contains($"The lock of the run {result.RunId} could not be set free: The engine is gone.", scene.Test.Reporter.Warnings);
    }

    private static void Change(string attribute, string path)
    {
        using var process = Process.Start("chattr", [attribute, path]);
        process.WaitForExit();
    }
}

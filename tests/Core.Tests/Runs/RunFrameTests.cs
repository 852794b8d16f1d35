using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Runs;

/// <summary>The frame of a run logs how it ended, whatever the run does.</summary>
public sealed class RunFrameTests
{
    public static TheoryData<Exception, RunStatus, string, string> Failures { get; } = new()
    {
        { LoyaltyErrors.GuardTripped.Because("All are gone."), RunStatus.Refused, "GuardTripped", "All are gone." },
        { LoyaltyErrors.SourceMissing.Because("No source."), RunStatus.Refused, "SourceMissing", "No source." },
        { LoyaltyErrors.TooManyRejected.Because("Five of six."), RunStatus.Refused, "TooManyRejected", "Five of six." },
        { LoyaltyErrors.SampleTargetNotEmpty.Because("Rows are there."), RunStatus.Refused, "SampleTargetNotEmpty", "Rows are there." },
        { LoyaltyErrors.QueryFailed.Because("The engine is gone."), RunStatus.Failed, "QueryFailed", "The engine is gone." },
        { new IOException("The disk is full."), RunStatus.Failed, "UnexpectedFailure", "The disk is full." },
        { new OperationCanceledException(), RunStatus.Cancelled, "Cancelled", "The run was stopped before its end." },
    };

    [Fact]
    public async Task A_run_that_succeeds_is_logged_with_all_it_did()
    {
        await using var scene = await FrameScene.CreateAsync();
        IReadOnlyList<string> holder = [];
        var run = scene.Run(committed: () => holder = scene.HolderAsync().GetAwaiter().GetResult());

        var id = await run.RunLockedAsync(wait: null, TestWarehouse.Token);

        Assert.Equal([id], holder);
        Assert.Equal(["NULL"], await scene.HolderAsync());
        Assert.Equal(["7"], await scene.WrittenAsync());
        var logged = await scene.LoggedAsync();
        Assert.Equal(
            (id, RunKind.Import, RunStatus.Succeeded, (string?)null, (string?)null),
            (logged.RunId, logged.Kind, logged.Status, logged.ErrorId, logged.ErrorMessage));
        Assert.Equal((1, 2, 3, 4, 5), (logged.Inserted, logged.Updated, logged.Deleted, logged.Unchanged, logged.Quarantined));
        AssertFound(scene, logged);
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_run_that_does_not_is_logged_with_why_and_has_written_nothing(
        Exception failure, RunStatus status, string errorId, string message)
    {
        await using var scene = await FrameScene.CreateAsync();
        var run = scene.Run(written: () => throw failure);

        Assert.Same(failure, await Record.ExceptionAsync(() => run.RunLockedAsync(wait: null, TestWarehouse.Token)));

        Assert.Empty(await scene.WrittenAsync());
        Assert.Equal(["NULL"], await scene.HolderAsync());
        var logged = await scene.LoggedAsync();
        Assert.Equal((run.RunId, status, errorId, message), (logged.RunId, logged.Status, logged.ErrorId, logged.ErrorMessage));
        Assert.Equal((0, 0, 0, 0, 5), (logged.Inserted, logged.Updated, logged.Deleted, logged.Unchanged, logged.Quarantined));
        AssertFound(scene, logged);
    }

    [Fact]
    public async Task A_failure_that_cannot_be_logged_is_still_the_error()
    {
        await using var scene = await FrameScene.CreateAsync();
        await using var silent = new ObservedWarehouse(scene.Test.Warehouse, asked =>
        {
            if (asked.Contains("INSERT INTO LOYALTY.RUN ", StringComparison.Ordinal))
                throw LoyaltyErrors.QueryFailed.Because("The log is gone.");
        });
        var run = scene.Run(written: () => throw new IOException("The disk is full."), warehouse: silent);

        Assert.Equal(
            "The disk is full.",
            (await Assert.ThrowsAsync<IOException>(() => run.RunLockedAsync(wait: null, TestWarehouse.Token))).Message);

        Assert.Equal([$"The failed run {run.RunId} could not be logged: The log is gone."], scene.Test.Reporter.Warnings);
    }

    [Fact]
    public async Task The_time_of_a_run_begins_when_it_holds_the_lock()
    {
        await using var scene = await FrameScene.CreateAsync();
        var held = await RunLock.TakeAsync(scene.Test.Warehouse, wait: null, scene.Test.Reporter, TestWarehouse.Token);
        var run = scene.Run();
        var running = run.RunLockedAsync(new LockWait(TimeSpan.FromMinutes(1)), TestWarehouse.Token);
        await Task.Delay(TimeSpan.FromSeconds(1), TestWarehouse.Token);
        var freed = DateTime.UtcNow;
        await held.DisposeAsync();
        await running;

        var logged = await scene.LoggedAsync();
        Assert.True(logged.StartedAt > freed, $"Began at {logged.StartedAt:O}, the lock was free at {freed:O}.");
        Assert.InRange(logged.WaitedSeconds!.Value, 0.9, 30);
        Assert.InRange(logged.Seconds, 0, logged.WaitedSeconds.Value);
    }

    [Fact]
    public async Task A_run_whose_caller_holds_the_lock_takes_none()
    {
        await using var scene = await FrameScene.CreateAsync();
        await using var held = await RunLock.TakeAsync(scene.Test.Warehouse, wait: null, scene.Test.Reporter, TestWarehouse.Token);

        var id = await scene.Run().RunLoggedAsync(TestWarehouse.Token);

        Assert.Equal([held.Holder.RunId], await scene.HolderAsync());
        Assert.NotEqual(held.Holder.RunId, id);
        Assert.Equal(
            (id, RunStatus.Succeeded, (double?)0),
            ((await scene.LoggedAsync()).RunId, (await scene.LoggedAsync()).Status, (await scene.LoggedAsync()).WaitedSeconds));
    }

    [Fact]
    public async Task A_run_that_does_not_get_the_lock_is_in_no_log()
    {
        await using var scene = await FrameScene.CreateAsync();
        await using var held = await RunLock.TakeAsync(scene.Test.Warehouse, wait: null, scene.Test.Reporter, TestWarehouse.Token);

        Assert.Equal(
            "RunLocked",
            (await Assert.ThrowsAsync<LoyaltyException>(() => scene.Run().RunLockedAsync(wait: null, TestWarehouse.Token))).ErrorId);

        Assert.Equal(["0"], await scene.Test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.RUN"));
    }

    private static void AssertFound(FrameScene scene, RunRecord logged)
    {
        Assert.Equal(
            (FrameScene.Day, true, "Deletes: all are gone", "5c", scene.Test.Pipeline.ModuleVersion),
            (logged.Day, logged.Forced, logged.Guards, logged.ScriptSha256, logged.ModuleVersion));
        Assert.Equal(("Write", 1), (Assert.Single(logged.Steps).Step, logged.Steps[0].RowCount));
        Assert.Equal("DW_A.USER_PROFILE: 1 of 6 used", Assert.Single(logged.Sources).ToString());
    }
}

using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Runs;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>One run at a time writes a warehouse, whichever engine it is on.</summary>
public sealed class RunLockTests
{
    public static TheoryData<string> Engines => EngineWarehouse.All;

    private static CancellationToken Token => EngineWarehouse.Token;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Of_runs_that_try_at_once_one_gets_the_lock(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();
        var holders = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var taken = await RunLock.TakeAsync(test.Warehouse, new LockWait(TimeSpan.FromMinutes(2)), test.Reporter, Token);
            most = Math.Max(most, Interlocked.Increment(ref holders));
            await Task.Delay(20, Token);
            Interlocked.Decrement(ref holders);
        }));

        Assert.Equal(1, most);
        Assert.Equal(["RUN|NULL|NULL|NULL|NULL|NULL|NULL|NULL"], await test.RowsAsync("SELECT * FROM LOYALTY.RUN_LOCK"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Who_holds_it_is_named(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();
        await using var taken = await RunLock.TakeAsync(test.Warehouse, wait: null, test.Reporter, Token);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => RunLock.TakeAsync(test.Warehouse, wait: null, test.Reporter, Token));

        Assert.Equal(LoyaltyErrors.RunLocked, error.Definition);
        Assert.Contains(taken.Holder.RunId, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_holder_cannot_be_seen_it_keeps_the_lock_until_its_lease_is_over()
    {
        await using var test = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);
        await test.InitializeAsync();
        await test.ExecuteAsync(
            "UPDATE LOYALTY.RUN_LOCK SET RUN_ID = 'dead', OWNER = 'o', HOST = 'elsewhere', PROCESS_ID = 1, HELD_SINCE = '2020-01-01', EXPIRES_AT = CAST(CURRENT_TIMESTAMP AS TIMESTAMP_NTZ) + INTERVAL '60 seconds'");
        Assert.Equal(
            "RunLocked",
            (await Assert.ThrowsAsync<LoyaltyException>(
                () => RunLock.TakeAsync(test.Warehouse, wait: null, test.Reporter, Token))).ErrorId);

        await test.ExecuteAsync("UPDATE LOYALTY.RUN_LOCK SET EXPIRES_AT = CAST(CURRENT_TIMESTAMP AS TIMESTAMP_NTZ) - INTERVAL '1 second'");
        await using var taken = await RunLock.TakeAsync(test.Warehouse, wait: null, test.Reporter, Token);

        Assert.Equal(
            [taken.Holder.RunId],
            await test.RowsAsync(
                "SELECT RUN_ID FROM LOYALTY.RUN_LOCK WHERE EXPIRES_AT > CAST(CURRENT_TIMESTAMP AS TIMESTAMP_NTZ) + INTERVAL '240 seconds'"));
    }

    [Fact]
    public async Task A_run_that_has_lost_the_lock_commits_nothing()
    {
        await using var test = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);
        await test.InitializeAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE (USER_ID, ACCOUNT_TYPE, ACCOUNT_STATUS, MARKETING_CONSENT, SIGNED_UP_AT, UPDATED_AT) VALUES (1, 'standard', 'active', TRUE, '2023-01-01', '2024-01-01')");
        var thief = new StepWatch(test, "Compare", "UPDATE LOYALTY.RUN_LOCK SET RUN_ID = 'thief', HOST = 'elsewhere'");

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => new MergeRunner(test.Pipeline).RunAsync(test.Warehouse, new MergeOptions(new DateOnly(2024, 3, 31)), thief, Token));

        Assert.Equal(LoyaltyErrors.RunLockLost, error.Definition);
        Assert.Empty(await test.RowsAsync("SELECT USER_ID FROM LOYALTY.MASTER UNION ALL SELECT USER_ID FROM LOYALTY.HISTORY"));
        Assert.Equal(["thief"], await test.RowsAsync("SELECT RUN_ID FROM LOYALTY.RUN_LOCK"));
    }
}

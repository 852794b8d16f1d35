using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.SnowflakeSupport.Faults;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Engines.Snowflake;

/// <summary>Whatever goes wrong between here and Snowflake, a merge is whole or it is not there, and the next one just works.</summary>
public sealed class SnowflakeFaultTests
{
    private const string State =
        "SELECT USER_ID FROM LOYALTY.MASTER UNION ALL SELECT USER_ID FROM LOYALTY.HISTORY UNION ALL SELECT ROW_COUNT FROM LOYALTY.SNAPSHOT";

    private static readonly DateOnly Day = new(2024, 3, 31);

    [Theory]
    [InlineData(FaultKind.SessionGone, "INSERT INTO LOYALTY.HISTORY", "WarehouseSessionLost")]
    [InlineData(FaultKind.SessionExpired, "INSERT INTO LOYALTY.MASTER", "WarehouseSessionLost")]
    [InlineData(FaultKind.NetworkCutBefore, "INSERT INTO LOYALTY.MASTER", "WarehouseSessionLost")]
    [InlineData(FaultKind.NetworkCutAfter, "INSERT INTO LOYALTY.MASTER", "WarehouseSessionLost")]
    [InlineData(FaultKind.NetworkCutBefore, "COMMIT", "WarehouseSessionLost")]
    [InlineData(FaultKind.Cancelled, "INSERT INTO LOYALTY.MASTER", "QueryCancelled")]
    [InlineData(FaultKind.Cancelled, "MERGE_MASTER AS", "QueryCancelled")]
    [InlineData(FaultKind.SessionGone, "MERGE_MASTER AS", "WarehouseSessionLost")]
    [InlineData(FaultKind.SessionExpired, "MERGE_SHAPE AS", "WarehouseSessionLost")]
    [InlineData(FaultKind.NetworkCutAfter, "MERGE_MASTER AS", "WarehouseSessionLost")]
    [InlineData(FaultKind.WarehouseSuspended, "MERGE_MASTER AS", "WarehouseUnavailable")]
    [InlineData(FaultKind.LockTimeout, "INSERT INTO LOYALTY.HISTORY", "WarehouseBusy")]
    public async Task A_merge_that_fails_leaves_nothing_and_the_next_one_works(FaultKind kind, string statement, string errorId)
    {
        await using var test = await CreateAsync();
        test.Server!.AddFault(new Fault(kind) { TextContains = statement });

        if (SnowflakeDriver.IsThere && kind is (FaultKind.SessionExpired or FaultKind.NetworkCutBefore or FaultKind.NetworkCutAfter))
        {
            // The driver renews its token, and asks again for what it got no answer to.
            Assert.Equal(2, (await MergeAsync(test)).Inserted);
        }
        else
        {
            var error = await Assert.ThrowsAsync<LoyaltyException>(() => MergeAsync(test));

            Assert.Equal(errorId, error.ErrorId);
            Assert.Empty(await test.RowsAsync(State));
            Assert.Equal(2, (await MergeAsync(test)).Inserted);
        }

        Assert.Equal(["1", "1", "2", "2", "2"], (await test.RowsAsync(State)).Order(StringComparer.Ordinal));
        Assert.Equal(["NULL"], await test.RowsAsync("SELECT RUN_ID FROM LOYALTY.RUN_LOCK"));
    }

    [Fact]
    public async Task A_read_whose_answer_is_lost_outside_a_transaction_is_asked_again()
    {
        await using var test = await CreateAsync();
        test.Server!.AddFault(new Fault(FaultKind.NetworkCutBefore) { TextContains = "FROM LOYALTY.SNAPSHOT", Times = 2 });

        Assert.Equal(2, (await MergeAsync(test)).Inserted);
    }

    [Fact]
    public async Task An_error_names_code_sqlstate_and_query()
    {
        await using var test = await CreateAsync();
        await using var session = await test.Warehouse.OpenSessionAsync(EngineWarehouse.Token);

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => session.ExecuteAsync("DELETE FROM LOYALTY.NOTHING", EngineWarehouse.Token));

        Assert.Contains("002003, SQLSTATE 42S02, query ", error.Message, StringComparison.Ordinal);
        Assert.Contains(test.Server!.Statements[^1].QueryId, error.Message, StringComparison.Ordinal);
    }

    private static async Task<EngineWarehouse> CreateAsync()
    {
        var test = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);
        await test.InitializeAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE (USER_ID, ACCOUNT_TYPE, ACCOUNT_STATUS, MARKETING_CONSENT, SIGNED_UP_AT, UPDATED_AT) VALUES (1, 'standard', 'active', TRUE, '2023-01-01', '2024-01-01'), (2, 'plus', 'active', FALSE, '2023-01-01', '2024-01-01')");
        return test;
    }

    private static Task<MergeResult> MergeAsync(EngineWarehouse test) =>
        new MergeRunner(test.Pipeline).RunAsync(test.Warehouse, new MergeOptions(Day), test.Reporter, EngineWarehouse.Token);
}

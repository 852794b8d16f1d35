using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>A number that Master cannot hold is put down to the user whose it is.</summary>
public sealed class MasterOverflowTests
{
    private static readonly DateOnly Day = new(1998, 6, 1);

    [Fact]
    public async Task An_impossible_count_costs_its_row_and_nobody_else()
    {
        await using var test = await CreateAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.REPEAT_ENGAGEMENTS VALUES (1, 'a', 2147483647, TIMESTAMP '1998-05-31'), (1, 'b', 1, TIMESTAMP '1998-05-31'), (2, 'a', 5, TIMESTAMP '1998-05-31')");
        await test.MergeAsync(Day);
        Assert.Equal(
            ["1|1", "2|5", "3|0"],
            await test.RowsAsync("SELECT USER_ID, REPEAT_ENGAGEMENTS FROM LOYALTY.MASTER WHERE USER_ID <= 3 ORDER BY 1"));
        Assert.Equal(["range"], await test.RowsAsync("SELECT RULE FROM LOYALTY.QUARANTINE"));
    }

    [Fact]
    public async Task What_the_script_makes_too_large_is_named_with_column_and_users()
    {
        await using var test = await CreateAsync();
        // Three thousand engagements of a million each.
        await test.ExecuteAsync(
            "INSERT INTO DW_A.REPEAT_ENGAGEMENTS SELECT user_id, 'e' || kind, 1000000, TIMESTAMP '1998-05-31' FROM (VALUES (17), (900)) u(user_id), range(3000) k(kind)");
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(Day));
        Assert.Equal("MasterOverflow", error.ErrorId);
        Assert.Equal(
            "LOYALTY.MASTER cannot hold REPEAT_ENGAGEMENTS (INTEGER) of USER_ID 17, 900: the number is out of range.", error.Message);
        Assert.Contains("DW_A.REPEAT_ENGAGEMENTS", error.Remedy, StringComparison.Ordinal);
        Assert.Empty(await test.RowsAsync("SELECT * FROM LOYALTY.MASTER"));
        Assert.Equal(["Failed|MasterOverflow"], await test.RowsAsync("SELECT STATUS, ERROR_ID FROM LOYALTY.RUN"));
    }

    private static async Task<TestWarehouse> CreateAsync()
    {
        var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE SELECT range + 1, NULL, NULL, NULL, NULL, 'plus', 'active', TRUE, TIMESTAMP '1998-01-01', TIMESTAMP '1998-05-31' FROM range(1000)");
        return test;
    }
}

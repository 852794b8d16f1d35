using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>What imports have rejected since the merge before is no sound day.</summary>
public sealed class ImportShareTests
{
    private static readonly DateOnly Day = new(1998, 6, 1);

    [Theory]
    [InlineData(100, 0, CheckStatus.Passed)]
    [InlineData(200, 2, CheckStatus.Passed)]
    [InlineData(100, 2, CheckStatus.Warning)]
    [InlineData(100, 29, CheckStatus.Warning)]
    [InlineData(2, 1, CheckStatus.Warning)]
    [InlineData(10, 6, CheckStatus.Warning)]
    [InlineData(10, 7, CheckStatus.Failed)]
    [InlineData(0, 25, CheckStatus.Failed)]
    public async Task A_share_of_what_was_read_is_warned_of_or_fails(int good, int bad, CheckStatus status)
    {
        await using var test = await CreateAsync();
        var path = test.Write("SUPPORT_CALLS.csv", Calls(good, bad));
        // What the one lets pass as too few rows to tell, the other does too.
        if (status == CheckStatus.Failed)
            Assert.Equal("TooManyRejected", await Sources.Imports.RefusedAsync(test, path, new ImportOptions()));
        else
            await test.ImportAsync(path, new ImportOptions());
        await test.MergeAsync(Day);
        Assert.Equal(status, await StatusAsync(test));
    }

    [Fact]
    public async Task What_came_again_or_belongs_to_an_earlier_day_is_over()
    {
        await using var test = await CreateAsync();
        await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", Calls(10, 9)));
        await test.MergeAsync(Day);
        Assert.Equal(CheckStatus.Failed, await StatusAsync(test));
        await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", Calls(19, 0)));
        Assert.Equal(CheckStatus.Passed, await StatusAsync(test));
        await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", Calls(10, 6)));
        Assert.Equal(CheckStatus.Warning, await StatusAsync(test));
        await test.MergeAsync(Day.AddDays(1));
        Assert.Equal(CheckStatus.Warning, await StatusAsync(test));
        await test.MergeAsync(Day.AddDays(2));
        Assert.Equal(CheckStatus.Passed, await StatusAsync(test));
    }

    private static string Calls(int good, int bad) =>
        Sources.Imports.CallsHeader + "\n"
            + string.Concat(Enumerable.Range(1, good).Select(back => $"1,{Day.AddDays(-back):yyyy-MM-dd},1\n"))
            + string.Concat(Enumerable.Repeat("x,1998-05-31,1\n", bad));

    private static async Task<CheckStatus> StatusAsync(TestWarehouse test) =>
        (await new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions { Checks = ["DW_B.SUPPORT_CALLS.import_share"] }, test.Reporter,
            TestWarehouse.Token)).Single().Status;

    private static async Task<TestWarehouse> CreateAsync()
    {
        var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE VALUES (1, NULL, NULL, NULL, NULL, 'plus', 'active', TRUE, TIMESTAMP '1997-01-01', TIMESTAMP '1998-05-31')");
        return test;
    }
}

using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>A table that holds rows is not replaced by nothing, unless that is meant.</summary>
public sealed class ImportGuardTests
{
    private const string H = Imports.CallsHeader + "\n";

    private static readonly ImportOptions Replace = new(ImportMode.Replace);

    [Theory]
    [InlineData(H, "no row was delivered", 0)]
    [InlineData("\n" + H, "no row was delivered", 0)]
    [InlineData(H + "1,1998-06-01,-1\nx,1998-06-01,1\n", "none of the 2 that were delivered is usable", 2)]
    public async Task Replace_by_nothing_is_refused_and_changes_nothing(string content, string reason, int rejected)
    {
        await using var test = await StoredAsync();
        var path = test.Write("SUPPORT_CALLS.csv", content);
        var before = await test.ContentAsync();

        Assert.Equal("GuardTripped", await test.RefusedAsync(path, Replace with { PlanOnly = true }));
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportAsync(path, Replace));

        Assert.Equal(("GuardTripped", "DW_B.SUPPORT_CALLS"), (error.ErrorId, error.Target));
        Assert.Equal(
            $"The import into DW_B.SUPPORT_CALLS was stopped: all 2 rows of DW_B.SUPPORT_CALLS would go and none would come: {reason}.",
            error.Message);
        Assert.Contains("-Force", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, await test.ContentAsync());
        Assert.Equal(
            [$"Refused|False|TableEmptied: all 2 rows of DW_B.SUPPORT_CALLS would go and none would come: {reason}|0|{rejected}"],
            await test.RowsAsync(
                "SELECT STATUS, FORCED, GUARDS, INSERTED + DELETED, QUARANTINED FROM LOYALTY.RUN WHERE STATUS <> 'Succeeded'"));
    }

    [Theory]
    [InlineData(H, 0)]
    [InlineData(H + "1,1998-06-01,-1\n", 1)]
    public async Task Force_empties_the_table_and_is_recorded(string content, int read)
    {
        await using var test = await StoredAsync();
        var path = test.Write("SUPPORT_CALLS.csv", content);
        var counts = $"read {read}, rejected {read}, inserted 0, updated 0, unchanged 0, deleted 2";

        Assert.Equal(counts, Imports.Counts(await test.ImportAsync(path, Replace with { Force = true, PlanOnly = true })));
        Assert.Equal(counts, Imports.Counts(await test.ImportAsync(path, Replace with { Force = true })));

        Assert.Empty(await test.CallsAsync());
        Assert.Equal(
            2,
            test.Reporter.Warnings.Count(
                warning => warning.StartsWith("Forced past a guard: all 2 rows of DW_B.SUPPORT_CALLS would go", StringComparison.Ordinal)));
        Assert.Equal(
            ["True|True|2"],
            await test.RowsAsync(
                "SELECT FORCED, GUARDS LIKE 'TableEmptied: all 2 rows%', DELETED FROM LOYALTY.RUN WHERE GUARDS IS NOT NULL"));

        // Where nothing is lost there is nothing to guard.
        Assert.Equal(0, (await test.ImportAsync(path, Replace)).Deleted);
    }

    [Theory]
    [InlineData(ImportMode.Upsert)]
    [InlineData(ImportMode.Append)]
    public async Task Nothing_can_be_added(ImportMode mode)
    {
        await using var test = await StoredAsync();

        Assert.Equal(0, (await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", H), new ImportOptions(mode))).RowsRead);
        Assert.Equal(2, (await test.CallsAsync()).Count);
    }

    private static async Task<TestWarehouse> StoredAsync()
    {
        var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", H + "1,1998-06-01,3\n2,1998-06-01,4\n"));
        return test;
    }
}

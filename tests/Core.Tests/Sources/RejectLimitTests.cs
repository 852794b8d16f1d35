using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class RejectLimitTests
{
    // Ten rows, of which four are unusable: by type, by shape, by a rule, and as a duplicate.
    private const string Content = Imports.CallsHeader
        + "\n1,1998-06-01,1\n2,1998-06-01,1\n3,1998-06-01,1\n4,1998-06-01,1\n5,1998-06-01,1\n6,1998-06-01,1\nx,1998-06-01,1\n7,1998-06-01\n8,1998-06-01,-1\n1,1998-06-01,0\n";

    [Theory]
    [InlineData("0", true)]
    [InlineData("3", true)]
    [InlineData("4", false)]
    [InlineData("5", false)]
    [InlineData("0%", true)]
    [InlineData("39.99%", true)]
    [InlineData("40%", false)]
    [InlineData("100%", false)]
    public async Task Beyond_the_limit_nothing_is_imported_and_quarantine_tells_why(string limit, bool isRefused)
    {
        Assert.True(RowLimit.TryParse(limit, out var parsed));
        foreach (var mode in Enum.GetValues<ImportMode>())
        {
            await using var test = await TestWarehouse.CreateAsync();
            await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", Imports.CallsHeader + "\n1,1998-01-01,1\n"));
            // Only in mode Upsert do rows of one key compete; one more bad row makes up for it.
            var path = test.Write(
                "SUPPORT_CALLS.csv",
                mode == ImportMode.Upsert ? Content : Content.Replace("1,1998-06-01,0", "1,1998-06-01,-2", StringComparison.Ordinal));
            var options = new ImportOptions(mode, parsed);
            var before = await test.ContentAsync();
            if (isRefused)
            {
                Assert.Equal("TooManyRejected", await test.RefusedAsync(path, options with { PlanOnly = true }));
                Assert.Equal(before, await test.ContentAsync());
                Assert.Equal("TooManyRejected", await test.RefusedAsync(path, options));
                Assert.Equal(["1|1998-01-01|1"], await test.CallsAsync());
                Assert.Equal(
                    ["4|1"],
                    await test.RowsAsync(
                        "SELECT COUNT(*), COUNT(DISTINCT RUN_ID) FROM LOYALTY.QUARANTINE JOIN LOYALTY.RUN USING (RUN_ID) WHERE STATUS = 'Refused'"));
                Assert.Equal(
                    ["Refused|4|0"],
                    await test.RowsAsync(
                        "SELECT STATUS, QUARANTINED, INSERTED + UPDATED + DELETED + UNCHANGED FROM LOYALTY.RUN WHERE STATUS <> 'Succeeded'"));
            }
            else
            {
                var result = await test.ImportAsync(path, options);
                Assert.Equal((10, 4), (result.RowsRead, result.Rejected));
            }
        }
    }

    [Fact]
    public async Task An_empty_table_is_not_written_either()
    {
        await using var test = await TestWarehouse.CreateAsync();
        Assert.Equal(
            "TooManyRejected",
            await test.RefusedAsync(
                test.Write("SUPPORT_CALLS.csv", Content), new ImportOptions(MaxRejected: new RowLimit(0, IsPercent: false))));
        Assert.Empty(await test.CallsAsync());
        Assert.Equal(4, (await test.QuarantineAsync()).Count);
    }

    [Theory]
    [InlineData(14, 5, false)]
    [InlineData(14, 6, false)]
    [InlineData(13, 6, false)]
    [InlineData(13, 7, true)]
    [InlineData(0, 2, false)]
    [InlineData(0, 6, false)]
    [InlineData(0, 7, true)]
    [InlineData(0, 20, true)]
    public async Task Where_no_limit_is_given_it_is_thirty_per_cent_of_at_least_twenty_rows(int good, int bad, bool isRefused)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var rows = Enumerable.Range(1, good).Select(user => $"{user},1998-06-01,1\n")
            .Concat(Enumerable.Range(1, bad).Select(_ => "x,1998-06-01,1\n"));
        var path = test.Write("SUPPORT_CALLS.csv", $"{Imports.CallsHeader}\n{string.Concat(rows)}");
        if (isRefused)
            Assert.Equal("TooManyRejected", await test.RefusedAsync(path, new ImportOptions()));
        else
            Assert.Equal(bad, (await test.ImportAsync(path, new ImportOptions())).Rejected);
        Assert.Equal(isRefused ? 0 : good, (await test.CallsAsync()).Count);
        Assert.Equal(bad, (await test.QuarantineAsync()).Count);
    }

    [Fact]
    public async Task No_row_at_all_exceeds_no_limit()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var result = await test.ImportAsync(
            test.Write("SUPPORT_CALLS.csv", Imports.CallsHeader + "\n"), new ImportOptions(MaxRejected: new RowLimit(0, IsPercent: true)));
        Assert.True(result.Applied);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("100", "100")]
    [InlineData("0.5%", "0.5%")]
    [InlineData("100%", "100%")]
    [InlineData("", null)]
    [InlineData("%", null)]
    [InlineData("-1", null)]
    [InlineData("-1%", null)]
    [InlineData("0.5", null)]
    [InlineData("101%", null)]
    [InlineData("1e3", null)]
    [InlineData("many", null)]
    public void Limits_are_counts_or_percentages(string text, string? parsed) =>
        Assert.Equal(parsed, RowLimit.TryParse(text, out var limit) ? limit.ToString() : null);
}

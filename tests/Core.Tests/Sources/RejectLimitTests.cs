using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class RejectLimitTests
{
    // Ten rows, of which four are unusable: by type, by shape, by a rule, and as a duplicate.
    private const string Content = Imports.CallsHeader + "\n1,1998-06-01,1\n2,1998-06-01,1\n3,1998-06-01,1\n4,1998-06-01,1\n5,1998-06-01,1\n6,1998-06-01,1\nx,1998-06-01,1\n7,1998-06-01\n8,1998-06-01,-1\n1,1998-06-01,0\n";

    [Theory]
    [InlineData("0", true)]
    [InlineData("3", true)]
    [InlineData("4", false)]
    [InlineData("5", false)]
    [InlineData("0%", true)]
    [InlineData("39.99%", true)]
    [InlineData("40%", false)]
    [InlineData("100%", false)]
    public async Task Beyond_the_limit_nothing_is_written(string limit, bool isRefused)
    {
        Assert.True(RejectLimit.TryParse(limit, out var parsed));
        foreach (var mode in Enum.GetValues<ImportMode>())
        {
            await using var test = await TestWarehouse.CreateAsync();
            await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", Imports.CallsHeader + "\n1,1998-01-01,1\n"));
            // Only in mode Upsert do rows of one key compete; one more bad row makes up for it.
            var path = test.Write("SUPPORT_CALLS.csv", mode == ImportMode.Upsert ? Content : Content.Replace("1,1998-06-01,0", "1,1998-06-01,-2", StringComparison.Ordinal));
            var options = new ImportOptions(mode, parsed);
            var before = await test.ContentAsync();
            if (isRefused)
            {
                Assert.Equal("TooManyRejected", await test.RefusedAsync(path, options with { PlanOnly = true }));
                Assert.Equal("TooManyRejected", await test.RefusedAsync(path, options));
                Assert.Equal(before, await test.ContentAsync());
                Assert.Equal(["Refused|4|0"], await test.RowsAsync("SELECT STATUS, QUARANTINED, INSERTED + UPDATED + DELETED + UNCHANGED FROM LOYALTY.RUN WHERE STATUS <> 'Succeeded'"));
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
        var before = await test.ContentAsync();
        Assert.Equal("TooManyRejected", await test.RefusedAsync(test.Write("SUPPORT_CALLS.csv", Content), new ImportOptions(MaxRejected: new RejectLimit(0, IsPercent: false))));
        Assert.Equal(before, await test.ContentAsync());
        Assert.Empty(await test.CallsAsync());
    }

    [Fact]
    public async Task No_row_at_all_exceeds_no_limit()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var result = await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", Imports.CallsHeader + "\n"), new ImportOptions(MaxRejected: new RejectLimit(0, IsPercent: true)));
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
        Assert.Equal(parsed, RejectLimit.TryParse(text, out var limit) ? limit.ToString() : null);
}

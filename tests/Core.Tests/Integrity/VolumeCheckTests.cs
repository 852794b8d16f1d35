using System.Globalization;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>A source of ten rows: how many more or fewer are said to be too many.</summary>
public sealed class VolumeCheckTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    [Theory]
    [InlineData(12, CheckStatus.Passed)]
    [InlineData(8, CheckStatus.Passed)]
    [InlineData(13, CheckStatus.Warning)]
    [InlineData(5, CheckStatus.Warning)]
    [InlineData(21, CheckStatus.Failed)]
    public async Task A_few_rows_are_held_against_twenty(int rows, CheckStatus status)
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE LOYALTY.RUN_SOURCE SET ROWS_READ = {rows} WHERE SOURCE_TABLE = 'DW_C.REGION_METADATA' AND RUN_ID = (SELECT MAX(RUN_ID) FROM LOYALTY.RUN WHERE KIND = 'Merge')"));

        var result = Assert.Single(await new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions { Checks = ["DW_C.REGION_METADATA.volume"] }, test.Reporter, TestWarehouse.Token));

        Assert.Equal((status, result.Message), (result.Status, result.Message));
    }
}

using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Unloading;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Warehouses;

/// <summary>Files that DuckDB's rows are written into.</summary>
public sealed class UnloadTests
{
    [Theory]
    [Unix("Only Linux has a device that is always full.", Linux = true)]
    [InlineData(DeliveryFormat.Csv)]
    [InlineData(DeliveryFormat.JsonLines)]
    public async Task A_disk_that_is_full_while_text_is_compressed_is_an_error_of_the_catalogue(DeliveryFormat format)
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);
        await using var session = await test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        var path = Path.Combine(test.Folder, "rows.gz");
        SymbolicLink.ToFile(path, "/dev/full");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() =>
            session.UnloadAsync("SELECT range AS N FROM range(1000000)", new UnloadFormat(format, DeliveryCompression.Gzip, @"\N"), path, TestWarehouse.Token));

        Assert.Equal(LoyaltyErrors.QueryFailed, error.Definition);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
    }
}

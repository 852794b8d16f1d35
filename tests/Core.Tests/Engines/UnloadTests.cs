using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Engines;

/// <summary>Files that DuckDB's rows are written into.</summary>
public sealed class UnloadTests
{
    [Theory]
    [Unix("Only Linux has a device that is always full.", Linux = true)]
    [InlineData(FileFormat.Csv)]
    [InlineData(FileFormat.JsonLines)]
    public async Task A_disk_that_is_full_while_text_is_compressed_is_an_error_of_the_catalogue(FileFormat format)
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);
        await using var session = await test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        var path = Path.Combine(test.Folder, "rows.gz");
        SymbolicLink.ToFile(path, "/dev/full");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() =>
            session.UnloadAsync(
                "SELECT range AS N FROM range(1000000)", new UnloadFormat(format, FileCompression.Gzip, @"\N"), path, TestWarehouse.Token));

        Assert.Equal(LoyaltyErrors.QueryFailed, error.Definition);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
    }
}

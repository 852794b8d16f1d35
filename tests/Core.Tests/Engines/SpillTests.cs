using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Engines;

/// <summary>
/// Databases in memory that write what does not fit to the disk: several at once, as when files are written for Snowflake side by side.
/// </summary>
[Trait("Group", "LargeData")]
public sealed class SpillTests
{
    private const int Rows = 2_000_000;

    [Fact]
    public async Task Databases_that_spill_at_once_do_not_touch_each_other_and_leave_nothing()
    {
        var folders = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(() => SpillAsync(number))));

        Assert.Equal(3, folders.Distinct(StringComparer.Ordinal).Count());
        Assert.All(folders, folder => Assert.False(Directory.Exists(folder)));
    }

    private static async Task<string> SpillAsync(int number)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(":memory:", TestWarehouse.Token);
        await using var session = await warehouse.OpenSessionAsync(TestWarehouse.Token);
        var folder =
            (await session.ListAsync(
                "SELECT CURRENT_SETTING('temp_directory')", [], reader => reader.GetString(0), TestWarehouse.Token))[0];
        await session.ExecuteAsync("SET memory_limit = '80MB'", TestWarehouse.Token);
        await session.ExecuteAsync(
            $"CREATE TABLE T AS SELECT r.i, MD5(CAST(r.i + {number} AS VARCHAR)) AS M FROM range({Rows}) AS r(i)", TestWarehouse.Token);
        Assert.NotEmpty(Directory.GetFiles(folder));
        for (var pass = 0; pass < 3; pass++)
            Assert.Equal(
                0, await session.CountAsync($"SELECT COUNT(*) FROM T WHERE M <> MD5(CAST(i + {number} AS VARCHAR))", TestWarehouse.Token));
        return folder;
    }
}

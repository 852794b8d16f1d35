using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Engines;

/// <summary>A warehouse that is open for reading only is read, planned on and checked, and stays as it is to the byte.</summary>
public sealed class ReadOnlyTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    [Fact]
    public async Task It_is_read_and_not_written()
    {
        string location;
        byte[] before;
        await using var test = await clean.CopyAsync();
        location = test.Warehouse.Location;
        // A second way to open a file in one process is refused, whichever was first.
        Assert.Equal(LoyaltyErrors.WarehouseBusy, (await Assert.ThrowsAsync<LoyaltyException>(() => OpenAsync(location))).Definition);
        await test.Warehouse.DisposeAsync();
        before = await File.ReadAllBytesAsync(location, TestWarehouse.Token);

        await using (var warehouse = await OpenAsync(location))
        {
            Assert.True(warehouse.IsReadOnly);
            Assert.Equal(
                LoyaltyErrors.WarehouseBusy,
                (await Assert.ThrowsAsync<LoyaltyException>(() => DuckDbWarehouse.OpenAsync(location, TestWarehouse.Token))).Definition);
            Assert.NotEmpty(await RunReader.ReadAsync(warehouse, new RunQuery(), test.Reporter, TestWarehouse.Token));
            var merge = new MergeOptions(CleanWarehouse.LastDay, PlanOnly: true);
            var planned = await new MergeRunner(test.Pipeline).RunAsync(warehouse, merge, test.Reporter, TestWarehouse.Token);
            Assert.Equal(MergeOutcome.Planned, planned.Outcome);
            var checks = await new IntegrityRunner(test.Pipeline).RunAsync(
                warehouse, new IntegrityOptions(), test.Reporter, TestWarehouse.Token);
            Assert.DoesNotContain(checks, check => check.Status is CheckStatus.Failed or CheckStatus.Error);

            var refused = await Assert.ThrowsAsync<LoyaltyException>(
                () => new MergeRunner(test.Pipeline).RunAsync(warehouse, merge with { PlanOnly = false }, test.Reporter, TestWarehouse.Token));

            Assert.Equal((LoyaltyErrors.WarehouseReadOnly, location), (refused.Definition, refused.Target));
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(location, TestWarehouse.Token));
        Assert.Equal(
            [Path.GetFileName(location)],
            Directory.GetFileSystemEntries(Path.GetDirectoryName(location)!, Path.GetFileName(location) + "*").Select(Path.GetFileName));
    }

    private static Task<DuckDbWarehouse> OpenAsync(string location) => DuckDbWarehouse.OpenAsync(
        location, LockWait.None, new RecordingReporter(), isReadOnly: true, TestWarehouse.Token);
}

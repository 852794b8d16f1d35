using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Samples;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Warehouses;
using LoyaltyPipeline.Core.Warehouses.DuckDb;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Warehouses;

/// <summary>A warehouse file that is deleted or moved while it is open: nothing is said to be written that is gone with it.</summary>
public sealed class LostFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-lost-");

    private string Location => Path.Combine(_folder.FullName, "w.duckdb");

    private static CancellationToken Token => TestWarehouse.Token;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("COMMIT")]
    public async Task A_run_whose_file_goes_away_does_not_succeed(string when)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file that is open cannot be deleted there.");
        await using var test = await TestWarehouse.CreateAsync(path: Location);
        await SampleAsync(test);
        await using var observed = new ObservedWarehouse(test.Warehouse, asked =>
        {
            if (asked == when)
                File.Delete(Location);
        });

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => MergeAsync(test, observed));

        Assert.Equal((LoyaltyErrors.WarehouseFileLost.Id, (object)Location), (error.ErrorId, error.Target));
        Assert.Contains(test.Reporter.Warnings, warning => warning.Contains("could not be logged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_put_in_the_place_of_a_lost_one_is_not_taken_for_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file that is open cannot be moved there.");
        await using var test = await TestWarehouse.CreateAsync(path: Location);
        await SampleAsync(test);
        await test.Warehouse.DisposeAsync();
        File.Copy(Location, Location + ".copy");
        await using (var warehouse = await DuckDbWarehouse.OpenAsync(Location, Token))
        {
            File.Move(Location, Location + ".moved");
            await Assert.ThrowsAsync<LoyaltyException>(() => MergeAsync(test, warehouse));
            File.Copy(Location + ".copy", Location);

            var writing = await Assert.ThrowsAsync<LoyaltyException>(() => MergeAsync(test, warehouse));
            var sharing = await Assert.ThrowsAsync<LoyaltyException>(() => DuckDbWarehouse.OpenAsync(Location, Token));

            Assert.Equal([LoyaltyErrors.WarehouseFileLost.Id, LoyaltyErrors.WarehouseFileLost.Id], [writing.ErrorId, sharing.ErrorId]);
        }

        await using var again = await DuckDbWarehouse.OpenAsync(Location, Token);
        Assert.Equal(MergeOutcome.Written, (await MergeAsync(test, again)).Outcome);
    }

    private static Task SampleAsync(TestWarehouse test) =>
        new WarehouseSample(test.Pipeline).WriteAsync(test.Warehouse, new SampleOptions { Users = 20, Days = 30 }, replace: false, wait: null, test.Reporter, Token);

    private static Task<MergeResult> MergeAsync(TestWarehouse test, IWarehouse warehouse) =>
        new MergeRunner(test.Pipeline).RunAsync(warehouse, new MergeOptions(new DateOnly(2026, 6, 30)), test.Reporter, Token);
}

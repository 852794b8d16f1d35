using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Files;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Engines;

/// <summary>A warehouse file that is deleted or moved while it is open: nothing is said to be written that is gone with it.</summary>
public sealed class LostFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-lost-");

    private string Location => Path.Combine(_folder.FullName, "w.duckdb");

    private static CancellationToken Token => TestWarehouse.Token;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [Unix("A file that is open cannot be deleted there.")]
    [InlineData("BEGIN")]
    [InlineData("COMMIT")]
    public async Task A_run_whose_file_goes_away_does_not_succeed(string when)
    {
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
    [Unix("A file that is open cannot be moved there.")]
    public async Task A_file_that_is_put_in_the_place_of_a_lost_one_is_not_taken_for_it()
    {
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

    [Theory]
    [Unix("A file that is open cannot be replaced there, or is not told from another.", Linux = true)]
    [InlineData("BEGIN")]
    [InlineData("COMMIT")]
    public async Task A_file_that_was_replaced_at_once_is_not_taken_for_it(string when)
    {
        await using var test = await TestWarehouse.CreateAsync(path: Location);
        await SampleAsync(test);
        await File.WriteAllTextAsync(Location + ".other", "<!DOCTYPE html>", Token);
        await using var observed = new ObservedWarehouse(test.Warehouse, asked =>
        {
            if (asked == when && File.Exists(Location + ".other"))
                File.Move(Location + ".other", Location, overwrite: true);
        });

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => MergeAsync(test, observed));

        Assert.Equal(LoyaltyErrors.WarehouseFileLost.Id, error.ErrorId);
    }

    [Theory]
    [Unix("Pipes and devices have no place in a folder there.", Linux = true)]
    [InlineData("pipe")]
    [InlineData("zero")]
    public async Task What_is_no_file_is_not_opened(string what)
    {
        if (what == "pipe")
            PathTests.MakePipe(Location);
        else
            SymbolicLink.ToFile(Location, "/dev/zero");

        var opening = await Assert.ThrowsAsync<LoyaltyException>(() => DuckDbWarehouse.OpenAsync(Location, Token));
        await using var test = await TestWarehouse.CreateAsync(withSources: false);
        test.Pipeline = test.Pipeline with
        {
            Config = test.Pipeline.Config with
            {
                Sources = new Dictionary<string, SourceLocation>(
            StringComparer.Ordinal)
                {
                    ["DW_B"] = new(Location, "MAIN"),
                }
            }
        };
        var attaching = await Assert.ThrowsAsync<LoyaltyException>(() => PipelineSession.OpenAsync(test.Warehouse, test.Pipeline, Token));

        Assert.Equal(("WarehouseUnavailable", "SourceFileUnreadable"), (opening.ErrorId, attaching.ErrorId));
    }

    [Fact]
    public async Task The_notice_of_a_run_is_not_written_through_a_link()
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(Location, Token);
        var precious = Path.Combine(_folder.FullName, "precious");
        await File.WriteAllTextAsync(precious, "kept", Token);
        SymbolicLink.ToFile(Location + ".run", precious);

        warehouse.Announce(new RunHolder("run", "owner", "host", 1, DateTime.UtcNow));

        Assert.Equal("kept", await File.ReadAllTextAsync(precious, Token));
        Assert.Contains("owner", await File.ReadAllTextAsync(Location + ".run", Token), StringComparison.Ordinal);
    }

    private static Task SampleAsync(TestWarehouse test) =>
        new SyntheticDataWriter(test.Pipeline).WriteAsync(
            test.Warehouse, new SyntheticDataOptions { Users = 20, Days = 30 }, replace: false, wait: null, test.Reporter, Token);

    private static Task<MergeResult> MergeAsync(TestWarehouse test, IWarehouse warehouse) =>
        new MergeRunner(test.Pipeline).RunAsync(warehouse, new MergeOptions(new DateOnly(2026, 6, 30)), test.Reporter, Token);
}

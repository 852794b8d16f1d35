using System.Diagnostics;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Crashes;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Crashes;

/// <summary>
/// Runs whose disk gets full, and a file that cannot be written. They need a small disk of their own, which only root can mount.
/// </summary>
[Trait("Group", "Crashes")]
[Unix("Only root on Linux can mount a small disk.", Linux = true, Root = true)]
public sealed class FullDiskTests : IDisposable
{
    // Bytes that are left: from nothing to enough.
    private static readonly long[] Many = [0, 4096, 1 << 16, 1 << 18, 1 << 20, 40 << 20];
    private static readonly long[] Few = [0, 1 << 18];

    private readonly string _disk = Directory.CreateTempSubdirectory("loyalty-disk-").FullName;
    private bool _mounted;

    [Theory]
    [InlineData("import")]
    [InlineData("merge")]
    [InlineData("replay")]
    [InlineData("compress")]
    public async Task A_run_that_finds_the_disk_full_leaves_whole_units_and_the_next_one_ends_as_if_nothing_had_happened(string work)
    {
        Mount();

        var results = await FullDiskExperiment.RunAsync(work, _disk, TestDepth.Of(Few, Many), TestWarehouse.Token);

        Assert.All(results, result => Assert.Null(result.Failure));
        Assert.Contains(results, result => result.Error is not null);
        if (TestDepth.IsFull)
            Assert.Null(results[^1].Error);
        Assert.All(
            results.Where(result => result.Error is not null),
            result => Assert.Contains("space", result.Error!.Message, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named_and_left_alone()
    {
        Mount();
        var path = Path.Combine(_disk, "w.duckdb");
        await (await DuckDbWarehouse.OpenAsync(path, TestWarehouse.Token)).DisposeAsync();
        var before = await File.ReadAllBytesAsync(path, TestWarehouse.Token);
        Run("mount", "-o", "remount,ro", _disk);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => DuckDbWarehouse.OpenAsync(path, TestWarehouse.Token));

        Assert.Equal("WarehouseUnavailable", error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("write", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, TestWarehouse.Token));
    }

    [Fact]
    public async Task An_engine_that_has_given_up_says_so_until_it_is_connected_again()
    {
        Mount();
        var path = Path.Combine(_disk, "w.duckdb");
        var test = await TestWarehouse.CreateAsync(path: path);
        await test.ExecuteAsync("CHECKPOINT");
        var runLock = await RunLock.TakeAsync(test.Warehouse, wait: null, test.Reporter, TestWarehouse.Token);
        await test.ExecuteAsync("CREATE TABLE ROWS_TO_WRITE AS SELECT i, hash(i) AS h FROM range(20_000) AS r(i)");
        await using var session = await test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        Fill();
        // What a scanner does that holds the log: the engine can write neither it nor the database, and cannot take back what it has begun.
        await Assert.ThrowsAsync<LoyaltyException>(() => session.ExecuteAsync("CHECKPOINT", TestWarehouse.Token));

        string[] errors =
        [
            await ErrorOfAsync(() => session.CountAsync("SELECT COUNT(*) FROM LOYALTY.RUN", TestWarehouse.Token)),
            await ErrorOfAsync(() => test.MergeAsync(new DateOnly(2024, 3, 31))),
            await ErrorOfAsync(() => RunReader.ReadAsync(test.Warehouse, new RunQuery(), test.Reporter, TestWarehouse.Token)),
        ];
        await session.RollbackAsync();
        await runLock.DisposeAsync();
        await session.DisposeAsync();
        await test.Warehouse.DisposeAsync();
        File.Delete(Path.Combine(_disk, "fill"));

        Assert.Equal(["WarehouseStopped", "WarehouseStopped", "WarehouseStopped"], errors);
        Assert.Contains("could not be set free", Assert.Single(test.Reporter.Warnings), StringComparison.Ordinal);
        await using var again = await DuckDbWarehouse.OpenAsync(path, TestWarehouse.Token);
        // What was committed is there, and the run that lost its engine holds nobody up.
        await using (var reading = await again.OpenSessionAsync(TestWarehouse.Token))
            Assert.Equal(20_000, await reading.CountAsync("SELECT COUNT(*) FROM ROWS_TO_WRITE", TestWarehouse.Token));
        await (await RunLock.TakeAsync(again, wait: null, test.Reporter, TestWarehouse.Token)).DisposeAsync();
    }

    private static async Task<string> ErrorOfAsync(Func<Task> work) => (await Assert.ThrowsAsync<LoyaltyException>(work)).ErrorId;

    private void Fill()
    {
        using var fill = new FileStream(Path.Combine(_disk, "fill"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var chunk = new byte[4096]; ;)
                fill.Write(chunk);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void Dispose()
    {
        if (_mounted)
            Run("umount", _disk);
        Directory.Delete(_disk, recursive: true);
    }

    private void Mount()
    {
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", _disk);
        Assert.SkipUnless(_mounted, "A disk in memory cannot be mounted here.");
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

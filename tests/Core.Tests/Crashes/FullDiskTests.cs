using System.Diagnostics;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Warehouses.DuckDb;
using LoyaltyPipeline.Crashes;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Crashes;

/// <summary>Runs whose disk gets full, and a file that cannot be written. They need a small disk of their own, which only root can mount.</summary>
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
        Assert.All(results.Where(result => result.Error is not null), result => Assert.Contains("space", result.Error!.Message, StringComparison.OrdinalIgnoreCase));
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

    public void Dispose()
    {
        if (_mounted)
            Run("umount", _disk);
        Directory.Delete(_disk, recursive: true);
    }

    private void Mount()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux can mount a small disk.");
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", _disk);
        Assert.SkipUnless(_mounted, "A disk in memory cannot be mounted here.");
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

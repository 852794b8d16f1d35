using LoyaltyPipeline.Core.Backups;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Backups;

/// <summary>A backup is one state of the warehouse, can be worked on like it, and takes the place of nothing.</summary>
public sealed class WarehouseBackupTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    [Fact]
    public async Task It_is_the_warehouse_and_can_be_worked_on()
    {
        await using var test = await clean.CopyAsync();
        var path = Path.Combine(test.Folder, "backup.duckdb");

        var result = await BackUpAsync(test, path);

        Assert.Equal((path, test.Warehouse.Location, new FileInfo(path).Length), (result.Path, result.Warehouse, result.Bytes));
        Assert.Equal(["backup.duckdb"], Directory.GetFileSystemEntries(test.Folder).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(File.GetUnixFileMode(test.Warehouse.Location), File.GetUnixFileMode(path));
        // In the process of the run that made it: no lock is left in it.
        await using var backup = await TestWarehouse.CreateAsync(withSources: false, path);
        foreach (var table in new[] { "LOYALTY.MASTER", "LOYALTY.HISTORY", "LOYALTY.RUN", "LOYALTY.CHECK_RESULT", "DW_A.USER_ACTIVITY" })
            Assert.Equal(await test.RowsAsync($"SELECT * FROM {table} ORDER BY ALL"), await backup.RowsAsync($"SELECT * FROM {table} ORDER BY ALL"));
        Assert.Equal(["NULL"], await backup.RowsAsync("SELECT RUN_ID FROM LOYALTY.RUN_LOCK"));
        var merged = await backup.MergeAsync(CleanWarehouse.LastDay);
        Assert.Equal(MergeOutcome.Unchanged, merged.Outcome);
        Assert.DoesNotContain(
            await new IntegrityRunner(backup.Pipeline).RunAsync(backup.Warehouse, new IntegrityOptions(), backup.Reporter, TestWarehouse.Token),
            check => check.Status is CheckStatus.Failed or CheckStatus.Error);
    }

    [Fact]
    public async Task It_waits_for_a_run_and_is_noted()
    {
        await using var test = await clean.CopyAsync();
        var path = Path.Combine(test.Folder, "backup.duckdb");
        await using (await RunLock.TakeAsync(test.Warehouse, wait: null, test.Reporter, TestWarehouse.Token))
            Assert.Equal(LoyaltyErrors.RunLocked, (await Assert.ThrowsAsync<LoyaltyException>(() => BackUpAsync(test, path))).Definition);
        Assert.False(File.Exists(path));

        await BackUpAsync(test, path);

        Assert.Equal(
            ["Begun", "Succeeded"],
            await test.RowsAsync("SELECT OUTCOME FROM LOYALTY.AUDIT WHERE ACTION = 'Backup' ORDER BY SEQUENCE_NUMBER"));
    }

    [Fact]
    public async Task A_warehouse_of_an_earlier_version_is_copied_before_it_is_upgraded()
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync(
            "DROP TABLE LOYALTY.AUDIT; DROP TABLE LOYALTY.AUDIT_HEAD; ALTER TABLE LOYALTY.RUN_LOCK DROP COLUMN PROCESS_STARTED_AT");
        var path = Path.Combine(test.Folder, "backup.duckdb");

        var result = await BackUpAsync(test, path);

        Assert.Equal(new FileInfo(path).Length, result.Bytes);
        await using var backup = await TestWarehouse.CreateAsync(withSources: false, path);
        Assert.Equal(await test.RowsAsync("SELECT * FROM LOYALTY.HISTORY ORDER BY ALL"), await backup.RowsAsync("SELECT * FROM LOYALTY.HISTORY ORDER BY ALL"));
    }

    [Fact]
    public async Task One_that_is_stopped_leaves_no_file_and_is_noted()
    {
        await using var test = await clean.CopyAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestWarehouse.Token);
        var path = Path.Combine(test.Folder, "backup.duckdb");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => WarehouseBackup.WriteAsync(test.Warehouse, path, wait: null, new StepAction(path, stop.Cancel), stop.Token));

        Assert.Empty(Directory.GetFileSystemEntries(test.Folder));
        Assert.Equal(
            ["Begun|NULL", "Cancelled|Cancelled"],
            await test.RowsAsync("SELECT OUTCOME, ERROR_ID FROM LOYALTY.AUDIT WHERE ACTION = 'Backup' ORDER BY SEQUENCE_NUMBER"));
        await BackUpAsync(test, path);
    }

    [Fact]
    [Unix("Programs under Wine make no links.")]
    public async Task A_link_to_nothing_is_somebodys_too()
    {
        await using var test = await clean.CopyAsync();
        var path = Path.Combine(test.Folder, "link.duckdb");
        File.CreateSymbolicLink(path, Path.Combine(test.Folder, "elsewhere.duckdb"));

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => BackUpAsync(test, path));

        Assert.Equal(LoyaltyErrors.BackupExists, failure.Definition);
        Assert.Empty(await test.RowsAsync("SELECT OUTCOME FROM LOYALTY.AUDIT WHERE ACTION = 'Backup'"));
    }

    // Who tests goes on meanwhile, and writes what it found.
    [Fact]
    public async Task What_others_write_meanwhile_does_not_disturb_it()
    {
        await using var test = await clean.CopyAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestWarehouse.Token);
        var writing = Task.Run(async () =>
        {
            for (var row = 0; !stop.IsCancellationRequested; row++)
                await test.ExecuteAsync($"INSERT INTO LOYALTY.SUPPRESSION (USER_ID) VALUES ({1_000_000 + row})");
        }, TestWarehouse.Token);

        for (var number = 0; number < 5; number++)
            await BackUpAsync(test, Path.Combine(test.Folder, $"{number}.duckdb"));

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task A_file_that_is_there_stays_as_it_is()
    {
        await using var test = await clean.CopyAsync();
        var path = test.Write("there.duckdb", "mine");

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => BackUpAsync(test, path));
        var itself = await Assert.ThrowsAsync<LoyaltyException>(() => BackUpAsync(test, test.Warehouse.Location));
        var folder = await Assert.ThrowsAsync<LoyaltyException>(() => BackUpAsync(test, Path.Combine(test.Folder, "none", "b.duckdb")));

        Assert.Equal((LoyaltyErrors.BackupExists, LoyaltyErrors.BackupExists), (failure.Definition, itself.Definition));
        Assert.Equal(LoyaltyErrors.BackupFailed, folder.Definition);
        Assert.Equal("mine", await File.ReadAllTextAsync(path, TestWarehouse.Token));
        // One that comes in between is no less somebody's.
        var late = await Assert.ThrowsAsync<LoyaltyException>(() => test.Warehouse.CopyAsync(path, TestWarehouse.Token));
        Assert.Equal(LoyaltyErrors.BackupExists, late.Definition);
        Assert.Equal("mine", await File.ReadAllTextAsync(path, TestWarehouse.Token));
    }

    [Fact]
    public async Task On_Snowflake_it_says_what_there_is_instead()
    {
        await using var test = await EngineWarehouse.CreateAsync("Snowflake");
        await test.InitializeAsync();
        using var folder = new TemporaryFolder();

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => WarehouseBackup.WriteAsync(
            test.Warehouse, Path.Combine(folder.Path, "b.duckdb"), wait: null, test.Reporter, EngineWarehouse.Token));

        Assert.Equal(LoyaltyErrors.BackupNotSupported, failure.Definition);
        Assert.Contains("CLONE", failure.Remedy, StringComparison.Ordinal);
        Assert.Contains("Time Travel", failure.Remedy, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static Task<BackupResult> BackUpAsync(TestWarehouse test, string path) =>
        WarehouseBackup.WriteAsync(test.Warehouse, path, wait: null, test.Reporter, TestWarehouse.Token);
}

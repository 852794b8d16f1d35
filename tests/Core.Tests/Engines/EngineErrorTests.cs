using System.Reflection;
using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Engines;

/// <summary>What the engine says of files that others have open, in whatever language the system says its part.</summary>
public sealed class EngineErrorTests : IDisposable
{
    private const string German = "Der Prozess kann nicht auf die Datei zugreifen, da sie von einem anderen Prozess verwendet wird.";

    private readonly TemporaryFolder _folder = new();

    private string Location => Path.Combine(_folder.Path, "w.duckdb");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("\nFile is already open in \nduckdb.exe (PID 0)")]
    public void A_file_that_cannot_be_opened_is_tried(string more)
    {
        File.WriteAllText(Location, "x");
        using (new FileStream(Location, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var opening = Opening($"IO Error: Cannot open file \"{Location}\": {German}{more}");
            Assert.Equal(("WarehouseBusy", ErrorKind.Busy), (opening.ErrorId, opening.Definition.Kind));
            Assert.Equal($"The warehouse file {Location} is open in another program or on another machine.", opening.Message);
            Assert.Contains("virus scanner", opening.Remedy, StringComparison.Ordinal);
            var statement = Statement($"IO Error: Cannot open file \"{Location}\": {German}{more}");
            Assert.Equal(
                ("FileInUse", $"{Location} cannot be opened: another program has it open."), (statement.ErrorId, statement.Message));
        }

        File.Delete(Location);
        var other = Opening($"IO Error: Cannot open file \"{Location}\": Zugriff verweigert");
        Assert.Equal("WarehouseUnavailable", other.ErrorId);
        Assert.Equal("QueryFailed", Statement($"IO Error: Cannot open file \"{Location}\": Zugriff verweigert").ErrorId);
    }

    [Fact]
    public void Of_two_files_the_one_that_is_held_is_named()
    {
        var log = $"{Location}.wal";
        File.WriteAllText(log, "x");
        using var held = new FileStream(log, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var opening = Opening($"IO Error: Cannot open file \"{log}\": {German}");

        Assert.Equal(
            ("WarehouseBusy", $"{log}, which belongs to the warehouse file {Location}, is open in another program or on another machine."),
            (opening.ErrorId, opening.Message));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    public async Task Opening_a_file_that_is_held_takes_as_long_as_was_asked(int asked, int taken)
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Elsewhere nobody but another engine is in the way.");
        await (await DuckDbWarehouse.OpenAsync(Location, TestWarehouse.Token)).DisposeAsync();
        using var held = new FileStream(Location, FileMode.Open, FileAccess.Read, FileShare.Read);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => DuckDbWarehouse.OpenAsync(
                Location, new LockWait(TimeSpan.FromSeconds(asked)), new RecordingReporter(), isReadOnly: false, TestWarehouse.Token));

        Assert.Equal("WarehouseBusy", error.ErrorId);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(taken), TimeSpan.FromSeconds(taken + 3));
    }

    [Fact]
    public async Task Opening_a_file_that_is_held_can_be_cancelled()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Elsewhere nobody but another engine is in the way.");
        await (await DuckDbWarehouse.OpenAsync(Location, TestWarehouse.Token)).DisposeAsync();
        using var held = new FileStream(Location, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => Task.Run(() => DuckDbWarehouse.OpenAsync(Location, source.Token), TestWarehouse.Token));
    }

    [Theory]
    [InlineData("IO Error: Could not set lock on file \"{0}\": Die Ressource ist zur Zeit nicht verfügbar.")]
    [InlineData(
        "IO Error: Could not set lock on file \"{0}\": Resource temporarily unavailable. See also https://duckdb.org/docs/stable/connect/concurrency")]
    [InlineData("IO Error: Could not set lock on file \"{0}\": Resource temporarily unavailable\nConflicting lock is held in  (PID 0)")]
    public void No_process_is_demanded_of_a_file_that_another_machine_has_open(string message)
    {
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, message, Location);

        Assert.Equal("WarehouseBusy", Opening(text).ErrorId);
        Assert.Equal("FileInUse", Statement(text).ErrorId);
        Assert.DoesNotContain("Stop-Process", Opening(text).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_process_is_named_where_there_is_one()
    {
        var text =
            $"IO Error: Could not set lock on file \"{Location}\": Resource temporarily unavailable\nConflicting lock is held in dotnet (PID {Environment.ProcessId}).";

        Assert.Contains($"process {Environment.ProcessId}", Opening(text).Message, StringComparison.Ordinal);
        Assert.Equal(
            ("WarehouseBusy", true),
            (Statement(text).ErrorId, Statement(text).Message.Contains($"process {Environment.ProcessId}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(
        "FATAL Error: Failed: database has been invalidated because of a previous fatal error. The database must be restarted prior to being used again.")]
    [InlineData(
        "FATAL Error: Failed to create checkpoint because of error: Could not truncate file \"w.duckdb.wal\": Der Prozess kann nicht auf die Datei zugreifen")]
    [InlineData(
        "IO Error: Checkpoint failed for database \"WAREHOUSE_FILE\". The database has been invalidated. Original error: Could not write file")]
    public void An_engine_that_has_stopped_asks_to_be_connected_again(string message)
    {
        var error = Statement(message);

        Assert.Equal(("WarehouseStopped", (object)Location), (error.ErrorId, error.Target));
        Assert.Contains("Connect-LoyaltyWarehouse", error.Remedy, StringComparison.Ordinal);
    }

    // As the engine's library makes them of the engine's text.
    private static DuckDBException Exception(string message) =>
        (DuckDBException)Activator.CreateInstance(
            typeof(DuckDBException), BindingFlags.Instance | BindingFlags.NonPublic, binder: null, [message], culture: null)!;

    private LoyaltyException Opening(string message) => DuckDbErrors.OfOpening(Location, Exception(message));

    private LoyaltyException Statement(string message) =>
        Assert.IsType<LoyaltyException>(DuckDbErrors.OfStatement(Location, Exception(message), CancellationToken.None));
}

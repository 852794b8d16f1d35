using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>A DuckDB database, in a file or in memory.</summary>
public sealed class DuckDbWarehouse : IWarehouse
{
    private readonly DuckDbDatabase _database;
    private int _closed;

    private DuckDbWarehouse(DuckDbDatabase database, string location, bool isReadOnly)
    {
        _database = database;
        Location = location;
        IsReadOnly = isReadOnly;
    }

    /// <inheritdoc/>
    public SqlDialect Dialect => DuckDbDialect.Instance;

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public bool IsReadOnly { get; }

    /// <summary>Opens a database; a file that does not exist is created.</summary>
    /// <param name="path">The file, or <c>:memory:</c>.</param>
    /// <exception cref="LoyaltyException"><c>RunLocked</c>: a run of another process writes the file; <c>WarehouseBusy</c>: another process
    /// has it open; <c>WarehouseUnavailable</c>: it cannot be opened; <c>WarehouseFileLost</c>: this process has it open, and it went
    /// away.</exception>
    public static Task<DuckDbWarehouse> OpenAsync(string path, CancellationToken cancellationToken) =>
        OpenAsync(path, FilePatience.Usual(cancellationToken), isReadOnly: false, cancellationToken);

    /// <summary>Opens a database that others may have open; a file that does not exist is created.</summary>
    /// <param name="path">The file, or <c>:memory:</c>.</param>
    /// <param name="wait">How long to wait for the others.</param>
    /// <param name="isReadOnly">Whether nothing can be written into it; it must then be there.</param>
    /// <exception cref="LoyaltyException">As of <see cref="OpenAsync(string, CancellationToken)"/>.</exception>
    public static Task<DuckDbWarehouse> OpenAsync(
        string path, LockWait wait, IRunReporter reporter, bool isReadOnly, CancellationToken cancellationToken) =>
        // Who says how long to wait waits no longer; every attempt of the wait is then one of opening.
        wait.RunAsync(
            () => OpenAsync(
                path, wait.IsNone ? FilePatience.Usual(cancellationToken) : FilePatience.None, isReadOnly, cancellationToken),
            reporter, cancellationToken);

    /// <summary>Where the database of a path is, or would be made.</summary>
    /// <param name="path">The file, or <c>:memory:</c>.</param>
    /// <returns>The full path of the file, links followed, or <c>:memory:</c>.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseUnavailable</c>: there can be no warehouse file.</exception>
    public static string Locate(string path) =>
        string.Equals(path, DuckDbDatabase.InMemory, StringComparison.OrdinalIgnoreCase) ? DuckDbDatabase.InMemory : FullPath(path);

    /// <summary>The files that a database is made of, and that lie beside it while it is open.</summary>
    /// <param name="location">Where a warehouse is.</param>
    /// <returns>Their full paths; none where it is in no file.</returns>
    internal static IEnumerable<string> FilesOf(string location) =>
        Path.IsPathFullyQualified(location) ? [location, location + DuckDbDatabase.LogExtension, location + RunNotice.Extension] : [];

    /// <inheritdoc/>
    public Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_closed != 0)
            throw LoyaltyErrors.WarehouseClosed.Because($"The warehouse {Location} was disconnected.", Location);
        _database.DemandFile();
        return Task.FromResult<IWarehouseSession>(new DuckDbSession(_database));
    }

    /// <inheritdoc/>
    public Task<StorageCompaction> CompactAsync(CancellationToken cancellationToken) =>
        Location == DuckDbDatabase.InMemory
            ? Task.FromResult(new StorageCompaction(Location, StorageCleanup.NotNeeded))
            : _database.CompactAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<WarehouseCopy> CopyAsync(string path, CancellationToken cancellationToken) => _database.CopyAsync(path, cancellationToken);

    /// <inheritdoc/>
    public void Announce(RunHolder? holder)
    {
        if (Location == DuckDbDatabase.InMemory)
            return;
        if (holder is null)
            RunNotice.Remove(Location);
        else
            RunNotice.Write(Location, holder);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
            _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Task<DuckDbWarehouse> OpenAsync(
        string path, FilePatience patience, bool isReadOnly, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var location = Locate(path);
        return Task.FromResult(new DuckDbWarehouse(DuckDbDatabase.Acquire(location, patience, isReadOnly), location, isReadOnly));
    }

    private static string FullPath(string path)
    {
        var location = Path.GetFullPath(PathSpelling.WithoutMark(path));
        if (Path.EndsInDirectorySeparator(location) && !Directory.Exists(location))
            throw LoyaltyErrors.WarehouseUnavailable.Because(
                $"{location} ends with {location[^1]}, as a folder does, and is no warehouse file.", location,
                $"Give the path of a file, without {location[^1]} at its end.");
        if (!Directory.Exists(Path.GetDirectoryName(location)))
            throw LoyaltyErrors.WarehouseUnavailable.Because($"The folder of the warehouse file {location} does not exist.", location);
        if (Directory.Exists(location))
            throw LoyaltyErrors.WarehouseUnavailable.Because(
                $"{location} is a folder, no warehouse file.", location,
                "Give the path of a file, for example loyalty.duckdb in that folder.");
        if (string.IsNullOrWhiteSpace(Path.GetFileName(location)))
            throw LoyaltyErrors.WarehouseUnavailable.Because(
                $"The name of the warehouse file in {Path.GetDirectoryName(location)} is made of blanks.", location,
                "Give the path of a file, for example loyalty.duckdb in that folder.");
        if (FileFacts.IsSpecial(location))
            throw LoyaltyErrors.WarehouseUnavailable.Because($"{location} is a device or a pipe, no warehouse file.", location);
        if (FileFacts.TargetOfBrokenLink(location) is { } target)
            throw LoyaltyErrors.WarehouseUnavailable.Because(
                $"{location} is a link that leads to nothing, {target}.", location,
                "Put the file back that the link leads to, or remove the link.");
        // A link and its target are one database.
        return (File.Exists(location) ? File.ResolveLinkTarget(location, returnFinalTarget: true)?.FullName : null) ?? location;
    }
}

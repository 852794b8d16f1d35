using DuckDB.NET.Data;
using DuckDB.NET.Data.DataChunk.Reader;
using DuckDB.NET.Data.DataChunk.Writer;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>
/// A database that this process has open, shared by all warehouses of its path: DuckDB does not notice when one process opens a file
/// twice, and two writers would ruin it. The file is attached under a name of our own, because DuckDB would name it after the file, and a
/// file called loyalty.duckdb would then hide the schema LOYALTY.
/// </summary>
internal sealed class DuckDbDatabase : IDisposable
{
    public const string InMemory = ":memory:";

    public const string LogExtension = ".wal";

    public const string AttachedName = "WAREHOUSE_FILE";

    private const string SpillPurpose = "spill";
    private const string CompactionPurpose = "compact";
    private const string CopyPurpose = "backup";

    private static readonly TimeSpan AttachPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AttachPause = TimeSpan.FromMilliseconds(50);

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, DuckDbDatabase> Databases = new(PathSpelling.Comparer);

    // What the engine can do is what comes with the module: it fetches nothing from the network, and loads nothing that somebody has put
    // beside it.
    private readonly DuckDBConnection _anchor = new(
        $"DataSource={InMemory};autoinstall_known_extensions=false;autoload_known_extensions=false");
    private readonly string _location;
    private readonly HashSet<string> _functions = new(StringComparer.OrdinalIgnoreCase);
    private FileIdentity? _identity;
    private ScratchFolder? _spill;
    private readonly Lock _use = new();
    private int _sessions;
    private bool _isCompacting;
    private int _users;
    private volatile bool _isLost;

    private readonly bool _isReadOnly;

    private DuckDbDatabase(string location, bool isReadOnly) => (_location, _isReadOnly) = (location, isReadOnly);

    /// <summary>The full path of the file, or <c>:memory:</c>.</summary>
    public string Location => _location;

    /// <summary>Opens a database, or takes part in the one that is open.</summary>
    /// <param name="location">The full path of a file, or <c>:memory:</c> for a database of one's own.</param>
    /// <param name="patience">How long to insist where another program is in the way. On Windows whoever looks at a file for a moment keeps
    /// the engine out; elsewhere it is kept out by another engine alone, and nobody insists.</param>
    /// <param name="isReadOnly">Whether nothing can be written into it; other processes may then read it too.</param>
    /// <exception cref="LoyaltyException"><c>RunLocked</c>, <c>WarehouseBusy</c>, <c>WarehouseUnavailable</c>,
    /// <c>WarehouseFileLost</c>.</exception>
    public static DuckDbDatabase Acquire(string location, FilePatience patience, bool isReadOnly = false) =>
        (OperatingSystem.IsWindows() ? patience : FilePatience.None).Insist(
            () => Acquire(location, isReadOnly), failure => failure is LoyaltyException { Definition.Kind: ErrorKind.Busy });

    /// <summary>A connection to the database, of a session that <see cref="Leave"/> ends.</summary>
    /// <exception cref="LoyaltyException"><c>WarehouseBusy</c>: the file is being rebuilt.</exception>
    public DuckDBConnection Connect()
    {
        lock (_use)
        {
            if (_isCompacting)
                throw LoyaltyErrors.WarehouseBusy.Because(
                    $"The warehouse file {_location} is being rebuilt after an erasure.", _location,
                    "Wait with -LockTimeout, or run again in a while.");
            _sessions++;
        }

        var connection = _anchor.Duplicate();
        try
        {
            connection.Open();
            Execute(connection, $"USE {AttachedName}; SET TimeZone = 'UTC'");
            return connection;
        }
        catch (DuckDBException exception)
        {
            connection.Dispose();
            Leave();
            throw DuckDbErrors.OfStatement(_location, exception, CancellationToken.None);
        }
    }

    /// <summary>Ends a session.</summary>
    public void Leave()
    {
        lock (_use)
            _sessions--;
    }

    /// <summary>
    /// Puts a copy of the database in the place of its file, so that nothing of what was deleted is left in it. One session may be open,
    /// that of the lock; others would go on in the old file.
    /// </summary>
    public async Task<StorageCompaction> CompactAsync(CancellationToken cancellationToken)
    {
        DemandFile();
        lock (_use)
        {
            if (_isCompacting || _sessions > 1)
                return Due("other sessions of this process have the warehouse open");
            _isCompacting = true;
        }

        try
        {
            return await RebuildAsync(cancellationToken);
        }
        catch (DuckDBException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Due(ValueShown.Hide(exception.Message.Split('\n', 2)[0].Trim()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            || exception is LoyaltyException { Definition: var why }
                && (why == LoyaltyErrors.FileInUse || why == LoyaltyErrors.ReconciliationFailed))
        {
            return Due(exception.Message);
        }
        finally
        {
            lock (_use)
                _isCompacting = false;
        }
    }

    /// <summary>
    /// Writes a copy into a file beside which nothing is left. Others go on meanwhile; the copy is one state. In it no run holds the lock:
    /// whoever opens it in this process would take the run at hand for one that still goes on there.
    /// </summary>
    public async Task<WarehouseCopy> CopyAsync(string path, CancellationToken cancellationToken)
    {
        DemandFile();
        try
        {
            using var folder = ScratchFolder.In(Path.GetDirectoryName(path)!, CopyPurpose);
            var copy = Path.Combine(folder.Path, "copy");
            await using var connection = _anchor.Duplicate();
            await connection.OpenAsync(cancellationToken);
            var rows = await new DuckDbCompaction(connection, AttachedName).RunAsync(copy, LockRow.FreeSql("{0}."), cancellationToken);
            if (_location != InMemory)
                PrivateFiles.Adopt(copy, _location);
            PatientFiles.Move(copy, path, cancellationToken);
            return new WarehouseCopy(rows.Count, rows.Values.Sum(), new FileInfo(path).Length);
        }
        catch (DuckDBException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The backup was stopped.", exception, cancellationToken);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw LoyaltyErrors.BackupExists.Because($"There is a file {path} already.", path);
        }
        catch (DuckDBException exception)
        {
            throw LoyaltyErrors.BackupFailed.Because(
                $"The backup {path} could not be written: {ValueShown.Hide(exception.Message.Split('\n', 2)[0].Trim())}", path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LoyaltyErrors.BackupFailed.Because($"The backup {path} could not be written: {exception.Message}", path, cause: exception);
        }
    }

    /// <summary>Makes a function known to all connections, as long as the database is open.</summary>
    public void Define(string name, Func<string, string, string?> function)
    {
        lock (_functions)
        {
            // A second one of the name would be another reading of it.
            if (_functions.Contains(name))
                return;
            // Outside any session, whose transaction may be rolled back and the function with it.
            _anchor.RegisterScalarFunction<string, string, string>(
                name, (texts, result, rows) => Fill(function, texts, result, rows), new ScalarFunctionOptions { IsPureFunction = true });
            _functions.Add(name);
        }
    }

    /// <summary>
    /// Makes sure that the file is still in its place. Outside Windows a file may be deleted, moved or replaced while it is open, and the
    /// engine would go on writing into what nobody can open again. That it was gone is remembered: one that is put in its place is another.
    /// A handle of our own would tell it too, and set the engine's lock on the file free when it is closed.
    /// </summary>
    /// <exception cref="LoyaltyException"><c>WarehouseFileLost</c>.</exception>
    public void DemandFile()
    {
        if (_location == InMemory)
            return;
        lock (_use)
        {
            // Whoever comes while another file takes the place of this one is told to wait.
            if (_isCompacting)
                return;
        }

        _isLost |= !File.Exists(_location) || FileFacts.IdentityOf(_location) != _identity;
        if (_isLost)
            throw LoyaltyErrors.WarehouseFileLost.Because(
                $"The warehouse file {_location} was deleted, moved or replaced while it was open: what is written now would be lost.",
                _location);
    }

    /// <summary>
    /// Makes the file that the engine writes before the warehouse file, so that whoever may not read the one cannot read the other.
    /// </summary>
    public void PrepareLog()
    {
        var log = _location + LogExtension;
        if (_location == InMemory || _isReadOnly || OperatingSystem.IsWindows() || File.Exists(log))
            return;
        try
        {
            PrivateFiles.Create(log).Dispose();
            File.SetUnixFileMode(log, File.GetUnixFileMode(_location));
        }
        catch (IOException) when (File.Exists(log))
        {
            // Another session has just made it.
        }
    }

    /// <summary>Ends one's part in the database; the last one closes it.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (--_users > 0)
                return;
            Databases.Remove(_location);
            RemoveUnusedLog();
            Close();
        }
    }

    private static void Fill(
        Func<string, string, string?> function, IReadOnlyList<IDuckDBDataReader> texts, IDuckDBDataWriter result, ulong rows)
    {
        for (ulong row = 0; row < rows; row++)
        {
            var value = texts[0].IsValid(row) && texts[1].IsValid(row)
                ? function(texts[0].GetValue<string>(row), texts[1].GetValue<string>(row))
                : null;
            if (value is null)
                result.WriteNull(row);
            else
                result.WriteValue(value, row);
        }
    }

    // Who insists does not keep others of this process from their databases.
    private static DuckDbDatabase Acquire(string location, bool isReadOnly)
    {
        lock (Gate)
        {
            if (location != InMemory && Databases.TryGetValue(location, out var database))
            {
                database.DemandFile();
                database.DemandMode(isReadOnly);
            }
            else
            {
                database = new DuckDbDatabase(location, isReadOnly);
                database.Open();
                if (location != InMemory)
                    Databases.Add(location, database);
            }

            database._users++;
            return database;
        }
    }

    // The engine opens a file once in a process, for all that is done with it there.
    private void DemandMode(bool isReadOnly)
    {
        if (isReadOnly != _isReadOnly)
            throw LoyaltyErrors.WarehouseBusy.Because(
                $"This process has the warehouse file {_location} open {(_isReadOnly ? "for reading only" : "for writing")} already.", _location,
                "Run Disconnect-LoyaltyWarehouse on that warehouse first, or use it for this too.");
    }

    private void Open()
    {
        try
        {
            _anchor.Open();
            // On Windows the folder says who may read it.
            if (_location != InMemory && !_isReadOnly && !OperatingSystem.IsWindows() && !File.Exists(_location))
                Create();
            Execute(_anchor, $"ATTACH {SqlText.Quote(_location)} AS {AttachedName}{(_isReadOnly ? " (READ_ONLY)" : string.Empty)}");
            _identity = _location == InMemory ? null : FileFacts.IdentityOf(_location);
            if (_location != InMemory && !_isReadOnly)
                ScratchFolder.RemoveAbandoned(Path.GetDirectoryName(_location)!, CompactionPurpose);
            // What does not fit into memory would otherwise be spilled into the current folder, and databases in one folder would overwrite
            // each other's files.
            // Who only reads may not be allowed to write beside the file.
            _spill = _location == InMemory || _isReadOnly
                ? ScratchFolder.Temporary(SpillPurpose)
                : ScratchFolder.In(Path.GetDirectoryName(_location)!, SpillPurpose);
            Execute(_anchor, $"SET temp_directory = {SqlText.Quote(_spill.Path)}");
        }
        catch (DuckDBException exception)
        {
            Close();
            throw DuckDbErrors.OfOpening(_location, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Close();
            throw FileUse.ErrorOf(exception, _location, "opened")
                ?? LoyaltyErrors.WarehouseUnavailable.Because(
                    $"The warehouse file {_location} cannot be opened: {exception.Message}", _location, cause: exception);
        }
        catch (LoyaltyException)
        {
            Close();
            throw;
        }
    }

    // The engine makes files that everybody can read. This one gets its place when it is its owner's.
    private void Create()
    {
        using var folder = ScratchFolder.In(Path.GetDirectoryName(_location)!, "warehouse");
        var made = Path.Combine(folder.Path, "made");
        Execute(_anchor, $"ATTACH {SqlText.Quote(made)} AS {AttachedName}; DETACH {AttachedName}");
        PrivateFiles.Adopt(made, _location);
        PatientFiles.Move(made, _location, CancellationToken.None);
    }

    private async Task<StorageCompaction> RebuildAsync(CancellationToken cancellationToken)
    {
        using var folder = ScratchFolder.In(Path.GetDirectoryName(_location)!, CompactionPurpose);
        var copy = Path.Combine(folder.Path, "copy");
        var before = new FileInfo(_location).Length;
        await using var connection = _anchor.Duplicate();
        await connection.OpenAsync(cancellationToken);
        await new DuckDbCompaction(connection, AttachedName).RunAsync(copy, change: null, cancellationToken);
        Replace(connection, copy);
        return new StorageCompaction(_location, StorageCleanup.Done, before, new FileInfo(_location).Length);
    }

    private StorageCompaction Due(string reason) => new(
        _location, StorageCleanup.Due, new FileInfo(_location).Length, bytesAfter: null, reason);

    // Killed before the copy has its place, the file is as it was; after that, it is the copy.
    private void Replace(DuckDBConnection connection, string copy)
    {
        Execute(connection, $"CHECKPOINT {AttachedName}");
        Execute(connection, $"DETACH {AttachedName}");
        try
        {
            // What stands in a log would be read into the copy.
            if (new FileInfo(_location + LogExtension) is { Exists: true, Length: > 0 })
                throw new IOException($"{_location}{LogExtension} is still in use.");
            PatientFiles.Delete(_location + LogExtension, CancellationToken.None);
            PrivateFiles.Adopt(copy, _location);
            PatientFiles.Replace(copy, _location, CancellationToken.None);
        }
        finally
        {
            Attach(connection);
        }
    }

    // Between the two files another process may get in for a moment.
    private void Attach(DuckDBConnection connection)
    {
        var until = DateTime.UtcNow + AttachPatience;
        while (true)
        {
            try
            {
                Execute(connection, $"ATTACH {SqlText.Quote(_location)} AS {AttachedName}");
                _identity = FileFacts.IdentityOf(_location);
                return;
            }
            catch (DuckDBException exception) when (DuckDbErrors.IsHeld(exception) && DateTime.UtcNow < until)
            {
                Thread.Sleep(AttachPause);
            }
            catch (DuckDBException)
            {
                _isLost = true;
                throw;
            }
        }
    }

    // The engine removes its log when it closes, but for one that it has never written. As long as the file is open here, the log is nobody
    // else's.
    private void RemoveUnusedLog()
    {
        if (_location != InMemory && !_isReadOnly && new FileInfo(_location + LogExtension) is { Exists: true, Length: 0 } log)
            PatientFiles.TryDelete(log.FullName);
    }

    private void Close()
    {
        _anchor.Dispose();
        _spill?.Dispose();
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

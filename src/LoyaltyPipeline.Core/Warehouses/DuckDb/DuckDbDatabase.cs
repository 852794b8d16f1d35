using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Warehouses.DuckDb;

/// <summary>
/// A database that this process has open, shared by all warehouses of its path: DuckDB does not notice when one process opens a file
/// twice, and two writers would ruin it. The file is attached under a name of our own, because DuckDB would name it after the file, and a
/// file called loyalty.duckdb would then hide the schema LOYALTY.
/// </summary>
internal sealed class DuckDbDatabase : IDisposable
{
    public const string InMemory = ":memory:";

    private const string AttachedName = "WAREHOUSE_FILE";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, DuckDbDatabase> Databases = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly DuckDBConnection _anchor = new($"DataSource={InMemory}");
    private readonly string _location;
    private int _users;
    private volatile bool _isLost;

    private DuckDbDatabase(string location) => _location = location;

    /// <summary>Opens a database, or takes part in the one that is open.</summary>
    /// <param name="location">The full path of a file, or <c>:memory:</c> for a database of one's own.</param>
    /// <exception cref="LoyaltyException"><c>RunLocked</c>, <c>WarehouseBusy</c>, <c>WarehouseUnavailable</c>, <c>WarehouseFileLost</c>.</exception>
    public static DuckDbDatabase Acquire(string location)
    {
        lock (Gate)
        {
            if (location != InMemory && Databases.TryGetValue(location, out var database))
            {
                database.DemandFile();
            }
            else
            {
                database = new DuckDbDatabase(location);
                database.Open();
                if (location != InMemory)
                    Databases.Add(location, database);
            }

            database._users++;
            return database;
        }
    }

    /// <summary>A connection to the database.</summary>
    public DuckDBConnection Connect()
    {
        var connection = _anchor.Duplicate();
        connection.Open();
        Execute(connection, $"USE {AttachedName}; SET TimeZone = 'UTC'");
        return connection;
    }

    /// <summary>
    /// Makes sure that the file is still in its place. Outside Windows a file may be deleted or moved while it is open, and the engine would go on writing into what
    /// nobody can open again. Only its absence is looked for, and remembered: another file that was put in its place at once is not told from it. .NET tells the identity
    /// of a file by nothing but times and lengths, which change under writing, and a handle of our own would set the engine's lock on the file free when it is closed.
    /// </summary>
    /// <exception cref="LoyaltyException"><c>WarehouseFileLost</c>.</exception>
    public void DemandFile()
    {
        if (_location == InMemory)
            return;
        _isLost |= !File.Exists(_location);
        if (_isLost)
            throw LoyaltyErrors.WarehouseFileLost.Because($"The warehouse file {_location} was deleted or moved while it was open: what is written now would be lost.", _location);
    }

    /// <summary>Ends one's part in the database; the last one closes it.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (--_users > 0)
                return;
            Databases.Remove(_location);
            _anchor.Dispose();
        }
    }

    private void Open()
    {
        try
        {
            _anchor.Open();
            // What does not fit into memory would otherwise be spilled into the current folder. Two databases in one folder would overwrite each other's files.
            Execute(_anchor, $"SET temp_directory = {SqlText.Quote(_location == InMemory ? Path.Combine(Path.GetTempPath(), $"loyalty-spill-{Guid.NewGuid():N}") : _location + ".tmp")}");
            Execute(_anchor, $"ATTACH {SqlText.Quote(_location)} AS {AttachedName}");
        }
        catch (DuckDBException exception)
        {
            _anchor.Dispose();
            throw DuckDbErrors.OfOpening(_location, exception);
        }
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

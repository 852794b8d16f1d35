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

    private DuckDbDatabase(string location) => _location = location;

    /// <summary>Opens a database, or takes part in the one that is open.</summary>
    /// <param name="location">The full path of a file, or <c>:memory:</c> for a database of one's own.</param>
    /// <exception cref="LoyaltyException"><c>RunLocked</c>, <c>WarehouseBusy</c>, <c>WarehouseUnavailable</c>.</exception>
    public static DuckDbDatabase Acquire(string location)
    {
        lock (Gate)
        {
            if (location == InMemory || !Databases.TryGetValue(location, out var database))
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

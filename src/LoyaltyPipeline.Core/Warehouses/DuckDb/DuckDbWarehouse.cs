using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Warehouses.DuckDb;

/// <summary>A DuckDB database, in a file or in memory.</summary>
public sealed class DuckDbWarehouse : IWarehouse
{
    private const string InMemory = ":memory:";

    // The first connection keeps the database open between sessions.
    private readonly DuckDBConnection _anchor;
    private bool _closed;

    private DuckDbWarehouse(DuckDBConnection anchor, string location)
    {
        _anchor = anchor;
        Location = location;
    }

    /// <inheritdoc/>
    public SqlDialect Dialect => SqlDialect.DuckDb;

    /// <inheritdoc/>
    public string Location { get; }

    /// <summary>Opens a database; a file that does not exist is created.</summary>
    /// <param name="path">The file, or <c>:memory:</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The warehouse.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseBusy</c>: another process has the file; <c>WarehouseUnavailable</c>: it cannot be opened.</exception>
    public static async Task<DuckDbWarehouse> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var inMemory = string.Equals(path, InMemory, StringComparison.OrdinalIgnoreCase);
        var location = inMemory ? InMemory : Path.GetFullPath(path);
        if (!inMemory && !Directory.Exists(Path.GetDirectoryName(location)))
            throw LoyaltyErrors.WarehouseUnavailable.Because($"The folder of the warehouse file {location} does not exist.", location);

        var anchor = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = location }.ConnectionString);
        try
        {
            await anchor.OpenAsync(cancellationToken);
            return new DuckDbWarehouse(anchor, location);
        }
        catch (DuckDBException exception)
        {
            await anchor.DisposeAsync();
            throw DuckDbErrors.OfOpening(location, exception);
        }
        catch
        {
            await anchor.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken)
    {
        if (_closed)
            throw LoyaltyErrors.WarehouseClosed.Because($"The warehouse {Location} was disconnected.", Location);

        // A file's connections share its database by the path; one in memory is reached by duplicating a connection, which files refuse.
        var connection = Location == InMemory ? _anchor.Duplicate() : new DuckDBConnection(_anchor.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var session = new DuckDbSession(connection);
            await session.ExecuteAsync("SET TimeZone = 'UTC'", cancellationToken);
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_closed)
            return ValueTask.CompletedTask;
        _closed = true;
        return _anchor.DisposeAsync();
    }
}

using System.Management.Automation;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline;

/// <summary>A warehouse as scripts hold it: what Connect-LoyaltyWarehouse returns, or a file that a cmdlet opens for itself.</summary>
public sealed class LoyaltyWarehouse : IDisposable
{
    internal const string InMemory = WarehouseConnector.InMemory;

    private IWarehouse? _connection;

    internal LoyaltyWarehouse(IWarehouse connection)
    {
        _connection = connection;
        Engine = connection.Dialect.Engine;
        Location = connection.Location;
        IsReadOnly = connection.IsReadOnly;
        IsConnected = true;
    }

    /// <summary>A warehouse that is only named: by a path as the user gave it, to be resolved.</summary>
    internal LoyaltyWarehouse(string location)
    {
        Engine = WarehouseConnector.FileEngine;
        Location = location;
    }

    /// <summary>A Snowflake warehouse that is only named: by a connection of connections.toml.</summary>
    private LoyaltyWarehouse(AccountSettings settings)
    {
        Engine = WarehouseConnector.AccountEngine;
        Location = $"snowflake://{settings.ConnectionName}";
        ConnectionName = settings.ConnectionName;
    }

    /// <summary>Name of the engine.</summary>
    public string Engine { get; }

    /// <summary>Where the warehouse is: the full path of a DuckDB file, <c>:memory:</c>, or account and database of Snowflake.</summary>
    public string Location { get; }

    /// <summary>Whether it is connected and not yet disconnected.</summary>
    public bool IsOpen => Volatile.Read(ref _connection) is not null;

    /// <summary>Whether nothing can be written into it.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Whether it came from a connection; else it only names a file.</summary>
    internal bool IsConnected { get; }

    /// <summary>The connection of connections.toml that it names; null where it names a file.</summary>
    internal string? ConnectionName { get; }

    /// <summary>Whether it names a file that does not exist yet, in a folder that does.</summary>
    internal bool IsNew =>
        ConnectionName is null && Location != InMemory && !Path.Exists(Location) && Directory.Exists(Path.GetDirectoryName(Location));

    /// <summary>The connection.</summary>
    /// <exception cref="LoyaltyException"><c>WarehouseClosed</c>.</exception>
    internal IWarehouse Connection => Volatile.Read(ref _connection)
        ?? throw LoyaltyErrors.WarehouseClosed.Because($"The warehouse {Location} was disconnected.", Location);

    /// <summary>Disconnects. Doing it again changes nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
            connection.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>The warehouse that a path names.</summary>
    /// <param name="session">The session whose location counts.</param>
    /// <param name="path">The path as given.</param>
    /// <returns>The warehouse, not opened.</returns>
    internal static LoyaltyWarehouse At(
        SessionState session,
        string? path) => path is not null && IsConnectionName(path) ? new(new AccountSettings { ConnectionName = path })
        : new(string.Equals(path, InMemory, StringComparison.OrdinalIgnoreCase) ? InMemory : FileSystemPath.Resolve(session, path));

    /// <summary>The warehouse with its full path.</summary>
    /// <param name="session">The session whose location counts.</param>
    /// <returns>The warehouse; a connected one as it is.</returns>
    /// <exception cref="LoyaltyException"><c>PathNotSupported</c>.</exception>
    internal LoyaltyWarehouse Resolve(SessionState session) => IsConnected || ConnectionName is not null ? this : At(session, Location);

    /// <summary>The failure that it names a file that does not exist, where none is to be made.</summary>
    internal LoyaltyException Absent() => LoyaltyErrors.WarehouseNotInitialized.Because(
        $"There is no warehouse file {Location}.", Location, "Check the path; Initialize-LoyaltyWarehouse makes a new warehouse.");

    // A file has an extension or a folder in its name, or is there.
    private static bool IsConnectionName(string text) =>
        text.AsSpan().IndexOfAny("/\\.:") < 0 && !Path.Exists(text)
            && WarehouseConnector.ConnectionNames().Contains(text, StringComparer.Ordinal);

    /// <summary>The location.</summary>
    /// <returns>The location.</returns>
    public override string ToString() => Location;
}

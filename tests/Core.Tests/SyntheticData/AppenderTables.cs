using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>
/// The tables of a DuckDB database as sinks, each with a connection and a transaction of its own, so that several can be appended at
/// a time. Nothing is visible before <see cref="Commit"/>; disposing without it rolls everything back.
/// </summary>
internal sealed class AppenderTables : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<(DuckDBConnection Connection, DuckDBTransaction Transaction)> sessions = [];
    private readonly Func<DuckDBConnection> openConnection;
    private readonly string? catalog;

    /// <summary>Takes what opens another connection to the same database, and the attached catalog if it is not the default one.</summary>
    public AppenderTables(Func<DuckDBConnection> openConnection, string? catalog = null)
    {
        this.openConnection = openConnection;
        this.catalog = catalog;
    }

    /// <summary>Opens a table, which must exist and allow whatever the rows hold. May be called from several threads.</summary>
    public IRowSink Open(string table, IReadOnlyList<string> columns)
    {
        DuckDBConnection connection;
        lock (gate)
        {
            connection = openConnection();
            sessions.Add((connection, connection.BeginTransaction()));
        }

        var dot = table.LastIndexOf('.');
        return new DuckDbRowSink(connection, catalog, dot < 0 ? null : table[..dot], table[(dot + 1)..]);
    }

    /// <summary>Makes the rows of all tables visible. The sinks must be completed and disposed.</summary>
    public void Commit()
    {
        lock (gate)
        {
            foreach (var (_, transaction) in sessions)
                transaction.Commit();
        }
    }

    /// <summary>Rolls back what was not committed and closes the connections.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var (connection, transaction) in sessions)
            {
                transaction.Dispose();
                connection.Dispose();
            }

            sessions.Clear();
        }
    }
}

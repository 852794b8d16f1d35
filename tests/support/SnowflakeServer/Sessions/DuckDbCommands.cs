using DuckDB.NET.Data;
using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>Runs DuckDB's own SQL on a connection.</summary>
internal static class DuckDbCommands
{
    /// <summary>Runs a statement.</summary>
    /// <param name="values">What its question marks stand for.</param>
    /// <returns>The rows that it changed.</returns>
    public static long Execute(
        this DuckDBConnection connection, string sql, IReadOnlyList<object> values, CancellationToken cancellationToken = default)
    {
        using var command = CreateCommand(connection, sql, values);
        using var interrupt = cancellationToken.Register(command.Cancel);
        cancellationToken.ThrowIfCancellationRequested();
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement without parameters.</summary>
    public static void Execute(this DuckDBConnection connection, string sql) => Execute(connection, sql, []);

    /// <summary>Runs a query.</summary>
    /// <param name="values">What its question marks stand for.</param>
    public static ResultSet Query(
        this DuckDBConnection connection, string sql, IReadOnlyList<object> values, CancellationToken cancellationToken = default)
    {
        using var command = CreateCommand(connection, sql, values);
        using var interrupt = cancellationToken.Register(command.Cancel);
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = command.ExecuteReader();
        return DuckDbResults.Read(reader);
    }

    private static DuckDBCommand CreateCommand(DuckDBConnection connection, string sql, IReadOnlyList<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
            command.Parameters.Add(new DuckDBParameter(value));
        return command;
    }
}

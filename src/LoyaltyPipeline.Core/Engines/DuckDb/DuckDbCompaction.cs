using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>
/// Copies a database into a file of its own. What was deleted stays in the blocks of a DuckDB file until others need them; the copy has no
/// such blocks.
/// </summary>
/// <param name="database">The database, as the connection has it attached.</param>
internal sealed class DuckDbCompaction(DuckDBConnection connection, string database)
{
    private const string Copy = "WAREHOUSE_COPY";

    // What a database consists of, besides rows, each as one text.
    private static readonly string[] Parts =
    [
        """
        SELECT CONCAT_WS(' ', 'column', schema_name, table_name, column_name, data_type, is_nullable, column_default)
        FROM duckdb_columns() WHERE NOT internal AND database_name = {0}
        """,
        """
        SELECT CONCAT_WS(' ', 'constraint', schema_name, table_name, constraint_text)
        FROM duckdb_constraints() WHERE database_name = {0}
        """,
        "SELECT CONCAT_WS(' ', 'view', schema_name, view_name, sql) FROM duckdb_views() WHERE NOT internal AND database_name = {0}",
        "SELECT CONCAT_WS(' ', 'index', schema_name, index_name, sql) FROM duckdb_indexes() WHERE database_name = {0}",
        """
        SELECT CONCAT_WS(' ', 'sequence', schema_name, sequence_name, COALESCE(last_value, start_value))
        FROM duckdb_sequences() WHERE database_name = {0}
        """,
        """
        SELECT CONCAT_WS(' ', 'macro', schema_name, function_name, macro_definition)
        FROM duckdb_functions() WHERE NOT internal AND database_name = {0}
        """,
    ];

    /// <summary>Makes the copy, and makes sure that it is one.</summary>
    /// <param name="path">The file, which is made.</param>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>: something is missing in it.</exception>
    public async Task RunAsync(string path, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"ATTACH {SqlText.Quote(path)} AS {Copy}", cancellationToken);
        try
        {
            await ExecuteAsync($"COPY FROM DATABASE {database} TO {Copy}", cancellationToken);
            await VerifyAsync(cancellationToken);
            await ExecuteAsync($"CHECKPOINT {Copy}", cancellationToken);
        }
        finally
        {
            await ExecuteAsync($"DETACH {Copy}", CancellationToken.None);
        }
    }

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        var parts = await ListAsync(PartsOf(database), cancellationToken);
        var copied = await ListAsync(PartsOf(Copy), cancellationToken);
        if (!parts.SequenceEqual(copied, StringComparer.Ordinal))
            throw Differs("has other tables, views or constraints");
        var tables =
            $"""
            SELECT schema_name || '.' || table_name FROM duckdb_tables()
            WHERE NOT internal AND database_name = {SqlText.Quote(database)}
            """;
        foreach (var table in await ListAsync(tables, cancellationToken))
        {
            var counts = await ListAsync(
                $"SELECT CAST(COUNT(*) AS VARCHAR) FROM {database}.{table} UNION SELECT CAST(COUNT(*) AS VARCHAR) FROM {Copy}.{table}",
                cancellationToken);
            if (counts.Count != 1)
                throw Differs($"has another number of rows in {table}");
        }
    }

    // Views and macros may name the database that they are in.
    private static string PartsOf(string name)
    {
        var parts = Parts.Select(part => part.Replace("{0}", SqlText.Quote(name), StringComparison.Ordinal));
        return $"SELECT REPLACE(p, {SqlText.Quote($"{name}.")}, '') FROM ({string.Join(" UNION ALL ", parts)}) AS t(p) ORDER BY 1";
    }

    private static LoyaltyException Differs(string how) =>
        LoyaltyErrors.ReconciliationFailed.Because(
            $"The copy of the warehouse file {how}.", remedy: "The warehouse stays as it was; run again.");

    private async Task<List<string>> ListAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(reader.GetString(0));
        return rows;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

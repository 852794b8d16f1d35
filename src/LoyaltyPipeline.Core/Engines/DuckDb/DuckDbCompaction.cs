using System.Globalization;
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

    /// <summary>Makes the copy of one state of the database, and makes sure that it is one: once more when it is opened anew.</summary>
    /// <param name="path">The file, which is made.</param>
    /// <param name="change">A statement that changes the copy, <c>{0}</c> standing for its name; null for none.</param>
    /// <returns>The number of rows of each table.</returns>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>: something is missing in it.</exception>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(string path, string? change, CancellationToken cancellationToken)
    {
        var rows = await InCopyAsync(path, string.Empty, () => CopyAsync(change, cancellationToken), cancellationToken);
        return await InCopyAsync(path, " (READ_ONLY)", () => CountAgainAsync(rows, cancellationToken), cancellationToken);
    }

    private async Task<T> InCopyAsync<T>(string path, string how, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"ATTACH {SqlText.Quote(path)} AS {Copy}{how}", cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            await ExecuteAsync($"DETACH {Copy}", CancellationToken.None);
        }
    }

    // What others write meanwhile is neither copied nor counted.
    private async Task<IReadOnlyDictionary<string, long>> CopyAsync(string? change, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, long> rows;
        await ExecuteAsync("BEGIN TRANSACTION", cancellationToken);
        try
        {
            await ExecuteAsync($"COPY FROM DATABASE {database} TO {Copy}", cancellationToken);
            rows = await VerifyAsync(cancellationToken);
            await ExecuteAsync("COMMIT", cancellationToken);
        }
        catch
        {
            await ExecuteAsync("ROLLBACK", CancellationToken.None);
            throw;
        }

        if (change is not null)
            await ExecuteAsync(change.Replace("{0}", Copy, StringComparison.Ordinal), cancellationToken);
        await ExecuteAsync($"CHECKPOINT {Copy}", cancellationToken);
        return rows;
    }

    private async Task<IReadOnlyDictionary<string, long>> CountAgainAsync(
        IReadOnlyDictionary<string, long> rows, CancellationToken cancellationToken)
    {
        foreach (var (table, count) in rows)
        {
            if (await CountAsync($"{Copy}.{table}", cancellationToken) != count)
                throw Differs($"has another number of rows in {table} when it is opened anew");
        }

        return rows;
    }

    private async Task<long> CountAsync(string table, CancellationToken cancellationToken) => long.Parse(
        (await ListAsync($"SELECT CAST(COUNT(*) AS VARCHAR) FROM {table}", cancellationToken))[0], CultureInfo.InvariantCulture);

    private async Task<IReadOnlyDictionary<string, long>> VerifyAsync(CancellationToken cancellationToken)
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
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await ListAsync(tables, cancellationToken))
        {
            rows[table] = await CountAsync($"{database}.{table}", cancellationToken);
            if (await CountAsync($"{Copy}.{table}", cancellationToken) != rows[table])
                throw Differs($"has another number of rows in {table}");
        }

        return rows;
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

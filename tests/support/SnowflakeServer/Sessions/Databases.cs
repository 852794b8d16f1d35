using DuckDB.NET.Data;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>The databases and schemas of the account. Each schema is one of DuckDB's, called DATABASE.SCHEMA.</summary>
/// <param name="connection">A connection of its own.</param>
internal sealed class Databases(DuckDBConnection connection) : IDisposable
{
    private readonly Lock _gate = new();

    /// <summary>Whether there is a database.</summary>
    public bool Exists(string database) => Exists(database, "INFORMATION_SCHEMA");

    /// <summary>Whether there is a schema.</summary>
    public bool Exists(string database, string schema) =>
        IsThere("SELECT 1 FROM duckdb_schemas() WHERE schema_name = ?", $"{database}.{schema}");

    /// <summary>Whether a schema of DuckDB has a table or a view.</summary>
    public bool HasRelation(string duckDbSchema, string name, bool isView) =>
        IsThere(
            $"SELECT 1 FROM {(isView ? "duckdb_views() WHERE schema_name = ? AND view_name" : "duckdb_tables() WHERE schema_name = ? AND table_name")} = ?", duckDbSchema, name);

    /// <summary>Makes a database with its schemas, or a schema.</summary>
    /// <param name="schema">The schema; null for the database itself.</param>
    public void Create(string database, string? schema = null)
    {
        lock (_gate)
        {
            if (schema is not null)
            {
                connection.Execute($"CREATE SCHEMA {DuckDbText.Name($"{database}.{schema}")}");
                return;
            }

            connection.Execute($"CREATE SCHEMA {DuckDbText.Name($"{database}.PUBLIC")}");
            connection.Execute($"CREATE SCHEMA {DuckDbText.Name($"{database}.INFORMATION_SCHEMA")}");
            foreach (var view in InformationSchema.Views(database))
                connection.Execute(view);
        }
    }

    /// <summary>Drops a database with its schemas, or a schema.</summary>
    /// <param name="schema">The schema; null for the database itself.</param>
    public void Drop(string database, string? schema)
    {
        lock (_gate)
        {
            var schemas = schema is null
                ? connection.Query("SELECT schema_name FROM duckdb_schemas() WHERE starts_with(schema_name, ?)", [$"{database}."]).Rows
                    .Select(row => (string)row[0]!)
                : [$"{database}.{schema}"];
            foreach (var name in schemas)
                connection.Execute($"DROP SCHEMA {DuckDbText.Name(name)} CASCADE");
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => connection.Dispose();

    private bool IsThere(string query, params object[] values)
    {
        lock (_gate)
            return connection.Query(query, values).Rows.Count > 0;
    }
}

using DuckDB.NET.Data;

namespace LoyaltyPipeline.Benchmarks;

/// <summary>Statements sent to a DuckDB file past the library.</summary>
internal static class DuckDbFile
{
    public static void Execute(string path, IEnumerable<string> statements)
    {
        using var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = path }.ConnectionString);
        connection.Open();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }
}

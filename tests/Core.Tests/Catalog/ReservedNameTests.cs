using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Catalog;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Catalog;

/// <summary>A column or a table whose name is a word of SQL would be found wrong only where the engine makes it.</summary>
public sealed class ReservedNameTests
{
    [Fact]
    public void What_the_engine_takes_for_no_name_is_reserved()
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        var words = new List<string>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT UPPER(keyword_name) FROM duckdb_keywords()";
            using var reader = command.ExecuteReader();
            while (reader.Read())
                words.Add(reader.GetString(0));
        }

        var refused = words.Where(word => !Runs($"CREATE OR REPLACE TABLE t ({word} INTEGER)")
            || !Runs($"SELECT {word}, a.{word} FROM (SELECT 1 AS x) AS q CROSS JOIN t AS a") || !Runs($"CREATE OR REPLACE TABLE {word} (a INTEGER)"));

        Assert.Equal([], refused.Where(word => !Identifier.IsReserved(word)));

        bool Runs(string sql)
        {
            try
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
                return true;
            }
            catch (DuckDBException)
            {
                return false;
            }
        }
    }
}

using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>What the engine's own parser makes of a text. Nothing of it is run, planned or looked up.</summary>
internal static class DuckDbParser
{
    /// <summary>Parses texts.</summary>
    /// <returns>For each a JSON document: its statements as trees where all of them are SELECT, else what is wrong.</returns>
    /// <exception cref="FormatException">The parser gives no answer.</exception>
    public static IReadOnlyList<string> Parse(params IEnumerable<string> texts)
    {
        using var database = DuckDbDatabase.Acquire(DuckDbDatabase.InMemory, FilePatience.None);
        using var connection = database.Connect();
        try
        {
            return [.. texts.Select(text => Parse(connection, text))];
        }
        catch (DuckDBException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private static string Parse(DuckDBConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT json_serialize_sql(CAST(? AS VARCHAR), skip_null := true, skip_empty := true)";
        command.Parameters.Add(new DuckDBParameter(text));
        return (string)command.ExecuteScalar()!;
    }
}

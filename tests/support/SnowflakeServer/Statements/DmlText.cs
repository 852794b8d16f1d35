using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>Writes the pieces of DML in DuckDB's words.</summary>
internal static class DmlText
{
    /// <summary>A table that is changed.</summary>
    public static Token Target(StatementContext context, ObjectName name) =>
        Token.Raw($"{DuckDbText.Name(context.Session.DuckDbSchemaOf(name))}.{DuckDbText.Name(name.Name)}");

    /// <summary>Takes the alias of a table, which may stand without AS.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="keywords">The words that come where there is none.</param>
    /// <returns>The alias; null where there is none.</returns>
    public static string? TakeAlias(TokenReader reader, params ReadOnlySpan<string> keywords)
    {
        if (reader.TryTake("AS"))
            return reader.Take().Value;
        return reader.Peek() is { IsName: true } token && !token.Is(keywords) ? reader.Take().Value : null;
    }
}

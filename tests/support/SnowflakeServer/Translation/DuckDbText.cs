namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>Writes names, texts and statements as DuckDB reads them.</summary>
internal static class DuckDbText
{
    /// <summary>A name in quotes.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text in quotes.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A statement.</summary>
    /// <returns>Its text, and which parameter of the client each question mark in it stands for, from 0.</returns>
    public static DuckDbStatement Statement(IEnumerable<Token> tokens)
    {
        var sql = new System.Text.StringBuilder();
        var parameters = new List<int>();
        Token? before = null;
        foreach (var token in tokens)
        {
            // The parts of a name stay together.
            if (before is not null && !token.IsSymbol(".") && !before.IsSymbol("."))
                sql.Append(' ');
            if (token.Kind == TokenKind.Parameter)
                parameters.Add(int.Parse(token.Value, System.Globalization.CultureInfo.InvariantCulture));
            sql.Append(token.Kind == TokenKind.Parameter ? "?" : token.ToDuckDb());
            before = token;
        }

        return new DuckDbStatement(sql.ToString(), parameters);
    }
}

using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>Refuses what DuckDB would run and Snowflake would not.</summary>
internal static class Refusals
{
    private static readonly string[] Operators = ["**", "^", "~", "==", "&&", "@>", "<@", "!~", "~~", "^@", "->>"];

    /// <summary>Words that may not follow each other. The word at which Snowflake stops is the one the error names.</summary>
    private static readonly (string[] Words, int Stop)[] Sequences =
    [
        (["ANTI", "JOIN"], 0),
        (["SEMI", "JOIN"], 0),
        (["POSITIONAL", "JOIN"], 0),
        (["FILTER", "("], 1),
        (["DISTINCT", "ON", "("], 1),
        (["NOT", "MATCHED", "BY"], 2),
        (["DO", "NOTHING"], 0),
        (["ON", "CONFLICT"], 1),
        (["RETURNING"], 0),
        (["USING", "SAMPLE"], 0),
        (["EXCEPT", "ALL"], 1),
        (["INTERSECT", "ALL"], 1),
        (["MINUS", "ALL"], 1),
        (["DEFAULT", "VALUES"], 0),
        (["INSERT", "OR"], 1),
        (["COLUMNS", "("], 1),
        (["UPDATE", "SET", "*"], 2),
        (["INSERT", "*"], 1),
        (["INTERVAL", "("], 1),
    ];

    /// <summary>Looks a statement through.</summary>
    /// <exception cref="SnowflakeError">Snowflake would refuse it.</exception>
    public static void Check(IReadOnlyList<Token> tokens)
    {
        if (tokens[0].Is(
            "FROM", "PRAGMA", "ATTACH", "DETACH", "INSTALL", "LOAD", "CHECKPOINT", "VACUUM", "EXPORT", "IMPORT", "SUMMARIZE", "RESET",
            "PIVOT", "UNPIVOT", "TABLE", "ANALYZE"))
            throw SnowflakeError.Unexpected(tokens[0]);
        for (var at = 0; at < tokens.Count; at++)
            CheckAt(tokens, at);
    }

    private static void CheckAt(IReadOnlyList<Token> tokens, int at)
    {
        var token = tokens[at];
        if (token.Kind == TokenKind.Symbol && Operators.Contains(token.Value, StringComparer.Ordinal))
            throw SnowflakeError.Unexpected(token);
        if (token.Kind != TokenKind.Word || (at > 0 && tokens[at - 1].IsSymbol(".")))
            return;
        foreach (var (words, stop) in Sequences)
        {
            if (Follow(tokens, at, words))
                throw SnowflakeError.Unexpected(tokens[at + stop]);
        }

        if (at + 1 == tokens.Count)
            return;
        var next = tokens[at + 1];
        // Snowflake's intervals are texts: INTERVAL '1 day'.
        if (token.Is("INTERVAL") && next.Kind is TokenKind.Number or TokenKind.Parameter)
            throw SnowflakeError.Unexpected(next);
        // Named windows are DuckDB's.
        if (token.Is("WINDOW") && at + 2 < tokens.Count && next.IsName && tokens[at + 2].Is("AS"))
            throw SnowflakeError.Unexpected(token);
        if (next.IsSymbol("(") && DuckDbOnlyFunctions.Contains(token.Value) && !IsDeclared(tokens, at))
            throw SnowflakeError.UnknownFunction(token.Value);
    }

    private static bool Follow(IReadOnlyList<Token> tokens, int at, string[] words)
    {
        if (at + words.Length > tokens.Count)
            return false;
        for (var i = 0; i < words.Length; i++)
        {
            var token = tokens[at + i];
            if (token.Value != words[i] || token.Kind is not (TokenKind.Word or TokenKind.Symbol))
                return false;
        }

        return true;
    }

    /// <summary>Whether a word before a parenthesis is the name of something whose columns follow.</summary>
    private static bool IsDeclared(IReadOnlyList<Token> tokens, int at) =>
        at > 0 && tokens[at - 1].Is("INTO", "TABLE", "VIEW", "AS", "WITH", "EXISTS");
}

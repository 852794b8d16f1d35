namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>A token of a statement.</summary>
/// <param name="Value">What it says, without quotes; words in upper case.</param>
/// <param name="Line">The line it is in, from 1.</param>
/// <param name="Column">Where it is in the line, from 0, as Snowflake counts.</param>
internal sealed record Token(TokenKind Kind, string Value, int Line = 1, int Column = 0)
{
    /// <summary>A piece of DuckDB's own SQL.</summary>
    public static Token Raw(string sql) => new(TokenKind.Raw, sql);

    /// <summary>Whether it is a name.</summary>
    public bool IsName => Kind is TokenKind.Word or TokenKind.QuotedName;

    /// <summary>Whether it is one of some words.</summary>
    /// <param name="words">The words, in upper case.</param>
    public bool Is(params ReadOnlySpan<string> words) => Kind == TokenKind.Word && words.Contains(Value);

    /// <summary>Whether it is a symbol.</summary>
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Value == symbol;

    /// <summary>The token as DuckDB reads it.</summary>
    public string ToDuckDb() => Kind switch
    {
        TokenKind.QuotedName => DuckDbText.Name(Value),
        TokenKind.Text => DuckDbText.Literal(Value),
        _ => Value,
    };
}

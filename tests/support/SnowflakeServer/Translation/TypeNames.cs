using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>Snowflake's types in DuckDB's words.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        // Every whole-number type of Snowflake is NUMBER(38, 0); a number of 64 bits is the widest that DuckDB counts fast.
        ["INT"] = "BIGINT",
        ["INTEGER"] = "BIGINT",
        ["BIGINT"] = "BIGINT",
        ["SMALLINT"] = "BIGINT",
        ["TINYINT"] = "BIGINT",
        ["BYTEINT"] = "BIGINT",
        ["NUMBER"] = "DECIMAL",
        ["DECIMAL"] = "DECIMAL",
        ["NUMERIC"] = "DECIMAL",
        ["DEC"] = "DECIMAL",
        ["FLOAT"] = "DOUBLE",
        ["FLOAT4"] = "DOUBLE",
        ["FLOAT8"] = "DOUBLE",
        ["DOUBLE"] = "DOUBLE",
        ["REAL"] = "DOUBLE",
        ["VARCHAR"] = "VARCHAR",
        ["CHAR"] = "VARCHAR",
        ["CHARACTER"] = "VARCHAR",
        ["STRING"] = "VARCHAR",
        ["TEXT"] = "VARCHAR",
        ["NVARCHAR"] = "VARCHAR",
        ["BOOLEAN"] = "BOOLEAN",
        ["DATE"] = "DATE",
        ["TIME"] = "TIME",
        ["DATETIME"] = "TIMESTAMP",
        ["TIMESTAMP"] = "TIMESTAMP",
        ["TIMESTAMP_NTZ"] = "TIMESTAMP",
        ["TIMESTAMPNTZ"] = "TIMESTAMP",
        ["TIMESTAMP_LTZ"] = "TIMESTAMPTZ",
        ["TIMESTAMPLTZ"] = "TIMESTAMPTZ",
        ["TIMESTAMP_TZ"] = "TIMESTAMPTZ",
        ["TIMESTAMPTZ"] = "TIMESTAMPTZ",
        ["BINARY"] = "BLOB",
        ["VARBINARY"] = "BLOB",
        ["VARIANT"] = "JSON",
        ["OBJECT"] = "JSON",
        ["ARRAY"] = "JSON",
    };

    /// <summary>Reads a type.</summary>
    /// <param name="tokens">Where from.</param>
    /// <param name="at">Where it begins; afterwards, where it has ended.</param>
    /// <returns>DuckDB's type.</returns>
    /// <exception cref="SnowflakeError">Snowflake has no such type.</exception>
    public static string Read(IReadOnlyList<Token> tokens, ref int at) => Read(tokens, ref at, out _);

    /// <summary>Reads a type.</summary>
    /// <param name="tokens">Where from.</param>
    /// <param name="at">Where it begins; afterwards, where it has ended.</param>
    /// <param name="length">How long a text may be; null where it is no text or may be of any length.</param>
    /// <returns>DuckDB's type.</returns>
    /// <exception cref="SnowflakeError">Snowflake has no such type.</exception>
    public static string Read(IReadOnlyList<Token> tokens, ref int at, out string? length)
    {
        var name = at < tokens.Count ? tokens[at] : throw SnowflakeError.UnexpectedEnd();
        if (name.Kind != TokenKind.Word || !Types.TryGetValue(name.Value, out var type))
            throw SnowflakeError.UnsupportedType(name.Value);
        at++;
        if (name.Is("DOUBLE") && at < tokens.Count && tokens[at].Is("PRECISION"))
            at++;
        var arguments = ReadArguments(tokens, ref at);
        // DuckDB's lists are not Snowflake's.
        if (at < tokens.Count && tokens[at].IsSymbol("["))
            throw SnowflakeError.Unexpected(tokens[at]);
        length = type == "VARCHAR" ? arguments.FirstOrDefault() : null;
        return type == "DECIMAL" ? $"DECIMAL({arguments.ElementAtOrDefault(0) ?? "38"}, {arguments.ElementAtOrDefault(1) ?? "0"})" : type;
    }

    private static List<string> ReadArguments(IReadOnlyList<Token> tokens, ref int at)
    {
        var arguments = new List<string>();
        if (at >= tokens.Count || !tokens[at].IsSymbol("("))
            return arguments;
        for (at++; at < tokens.Count && !tokens[at].IsSymbol(")"); at++)
        {
            if (tokens[at].Kind == TokenKind.Number)
                arguments.Add(tokens[at].Value);
        }

        at++;
        return arguments;
    }
}

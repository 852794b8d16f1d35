namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>Puts functions and types where the engines differ into DuckDB's words.</summary>
internal static class ExpressionRewriter
{
    private static readonly Dictionary<string, string> Functions = new(StringComparer.Ordinal)
    {
        ["CONCAT"] = "SF_CONCAT",
        ["GREATEST"] = "SF_GREATEST",
        ["LEAST"] = "SF_LEAST",
        ["RANDOM"] = "SF_RANDOM",
        ["TO_TIMESTAMP"] = "SF_TO_TIMESTAMP",
        ["TIMESTAMPDIFF"] = "DATEDIFF",
    };

    /// <summary>Puts a statement into DuckDB's words, but for its names.</summary>
    /// <param name="facts">What it can ask about its session.</param>
    public static List<Token> Rewrite(IReadOnlyList<Token> tokens, ISessionFacts facts)
    {
        var output = new List<Token>();
        for (var at = 0; at < tokens.Count; at++)
            at = Step(tokens, at, output, facts);
        return output;
    }

    /// <returns>The last token that was used.</returns>
    private static int Step(IReadOnlyList<Token> tokens, int at, List<Token> output, ISessionFacts facts)
    {
        var token = tokens[at];
        var isCall = token.Kind == TokenKind.Word && at + 1 < tokens.Count && tokens[at + 1].IsSymbol("(")
            && !(at > 0 && tokens[at - 1].IsSymbol("."));
        if (token.IsSymbol("::"))
            return Cast(tokens, at, output);
        if (token.Kind == TokenKind.Variable)
            output.Add(Token.Raw(facts.Variable(token.Value)));
        else if (token.Is("CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"))
            return Clock(tokens, at, output);
        else if (token.Is("MINUS") && at + 1 < tokens.Count && tokens[at + 1].Is("SELECT"))
            output.Add(Token.Raw("EXCEPT"));
        else if (isCall && token.Is("CAST", "TRY_CAST"))
            return CastCall(tokens, at, output, facts);
        else if (isCall && token.Is("HASH"))
            return Hash(tokens, at, output, facts);
        else if (isCall && TrySessionFunction(tokens, at, output, facts, out var end))
            return end;
        else if (isCall && token.Is("DATEDIFF", "DATE_TRUNC", "TIMESTAMPDIFF", "DATE_PART", "LAST_DAY") && at + 2 < tokens.Count
            && IsDatePart(tokens, at + 2))
            return DatePart(tokens, at, output);
        else
            output.Add(isCall && Functions.TryGetValue(token.Value, out var name) ? token with { Value = name } : token);
        return at;
    }

    private static int Cast(IReadOnlyList<Token> tokens, int at, List<Token> output)
    {
        var next = at + 1;
        var type = TypeNames.Read(tokens, ref next);
        output.Add(tokens[at]);
        output.Add(Token.Raw(type));
        return next - 1;
    }

    private static int CastCall(IReadOnlyList<Token> tokens, int at, List<Token> output, ISessionFacts facts)
    {
        var end = Parentheses.End(tokens, at + 1);
        var separator = end - 1;
        for (var depth = 0; separator > at && !(depth == 0 && tokens[separator].Is("AS")); separator--)
            depth += tokens[separator].IsSymbol(")") ? 1 : tokens[separator].IsSymbol("(") ? -1 : 0;
        if (separator <= at + 1)
            throw Errors.SnowflakeError.Unexpected(tokens[end]);
        output.AddRange([tokens[at], tokens[at + 1]]);
        output.AddRange(Rewrite([.. tokens.Skip(at + 2).Take(separator - at - 2)], facts));
        var typeAt = separator + 1;
        output.AddRange([tokens[separator], Token.Raw(TypeNames.Read(tokens, ref typeAt))]);
        if (typeAt != end)
            throw Errors.SnowflakeError.Unexpected(tokens[typeAt]);
        output.Add(tokens[end]);
        return end;
    }

    private static int Hash(IReadOnlyList<Token> tokens, int at, List<Token> output, ISessionFacts facts)
    {
        var end = Parentheses.End(tokens, at + 1);
        output.Add(Token.Raw("SF_SIGNED(HASH("));
        output.AddRange(Rewrite([.. tokens.Skip(at + 2).Take(end - at - 2)], facts));
        output.Add(Token.Raw("))"));
        return end;
    }

    private static int Clock(IReadOnlyList<Token> tokens, int at, List<Token> output)
    {
        output.Add(tokens[at]);
        return at + 2 < tokens.Count && tokens[at + 1].IsSymbol("(") ? Parentheses.End(tokens, at + 1) : at;
    }

    private static bool TrySessionFunction(IReadOnlyList<Token> tokens, int at, List<Token> output, ISessionFacts facts, out int end)
    {
        end = at;
        var close = Parentheses.End(tokens, at + 1);
        if (close - at > 4)
            return false;
        var argument = close == at + 2 ? null : string.Concat(tokens.Skip(at + 2).Take(close - at - 2).Select(token => token.Value));
        if (!facts.TryGetFact(tokens[at].Value, argument, out var value))
            return false;
        output.Add(Token.Raw(value is null ? "CAST(NULL AS VARCHAR)" : DuckDbText.Literal(value)));
        end = close;
        return true;
    }

    /// <summary>Snowflake takes the part of a time as a word too.</summary>
    private static bool IsDatePart(IReadOnlyList<Token> tokens, int at) =>
        tokens[at].Kind == TokenKind.Word && at + 1 < tokens.Count && tokens[at + 1].IsSymbol(",");

    private static int DatePart(IReadOnlyList<Token> tokens, int at, List<Token> output)
    {
        output.Add(tokens[at].Is("TIMESTAMPDIFF") ? tokens[at] with { Value = "DATEDIFF" } : tokens[at]);
        output.Add(tokens[at + 1]);
        output.Add(tokens[at + 2] with { Kind = TokenKind.Text });
        return at + 2;
    }
}

using LoyaltyPipeline.SnowflakeSupport.Errors;

namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>Finds what is between parentheses.</summary>
internal static class Parentheses
{
    /// <summary>Where a parenthesis is closed.</summary>
    /// <param name="open">Where it is opened.</param>
    /// <exception cref="SnowflakeError">It is not.</exception>
    public static int End(IReadOnlyList<Token> tokens, int open)
    {
        var depth = 0;
        for (var at = open; at < tokens.Count; at++)
        {
            depth += tokens[at].IsSymbol("(") ? 1 : tokens[at].IsSymbol(")") ? -1 : 0;
            if (depth == 0)
                return at;
        }

        throw SnowflakeError.UnexpectedEnd();
    }

    /// <summary>The first token that is not between parentheses and that is looked for.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="isWanted">What is looked for.</param>
    /// <returns>Where it is; the number of tokens where it is not.</returns>
    public static int Find(IReadOnlyList<Token> tokens, int from, Func<Token, bool> isWanted)
    {
        var depth = 0;
        for (var at = from; at < tokens.Count; at++)
        {
            if (depth == 0 && isWanted(tokens[at]))
                return at;
            depth += tokens[at].IsSymbol("(") ? 1 : tokens[at].IsSymbol(")") ? -1 : 0;
        }

        return tokens.Count;
    }
}

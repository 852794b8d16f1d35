using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>Reads the tokens of a statement one after another.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    public int Position { get; set; }

    public IReadOnlyList<Token> Tokens => tokens;

    /// <summary>Whether nothing is left.</summary>
    public bool IsAtEnd => Position >= tokens.Count;

    /// <summary>The next token; null at the end.</summary>
    public Token? Peek(int ahead = 0) => Position + ahead < tokens.Count ? tokens[Position + ahead] : null;

    /// <summary>Takes the next token.</summary>
    public Token Take() => IsAtEnd ? throw SnowflakeError.UnexpectedEnd() : tokens[Position++];

    /// <summary>Takes words if they come next.</summary>
    /// <param name="words">The words, in upper case.</param>
    /// <returns>Whether they did.</returns>
    public bool TryTake(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (Peek(i)?.Is(words[i]) != true)
                return false;
        }

        Position += words.Length;
        return true;
    }

    /// <summary>Takes one of some words if one comes next.</summary>
    /// <param name="words">The words, in upper case.</param>
    /// <returns>The word; null where none did.</returns>
    public string? TryTakeOneOf(params ReadOnlySpan<string> words) => Peek()?.Is(words) == true ? tokens[Position++].Value : null;

    /// <summary>Takes a symbol if it comes next.</summary>
    public bool TryTakeSymbol(string symbol)
    {
        if (Peek()?.IsSymbol(symbol) != true)
            return false;
        Position++;
        return true;
    }

    /// <summary>Takes words that must come next.</summary>
    public void Expect(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            var token = Take();
            if (!token.Is(word))
                throw SnowflakeError.Unexpected(token);
        }
    }

    /// <summary>Takes a symbol that must come next.</summary>
    public void ExpectSymbol(string symbol)
    {
        var token = Take();
        if (!token.IsSymbol(symbol))
            throw SnowflakeError.Unexpected(token);
    }

    /// <summary>Makes sure that nothing is left.</summary>
    public void ExpectEnd()
    {
        if (Peek() is { } token)
            throw SnowflakeError.Unexpected(token);
    }

    public List<string> TakeName()
    {
        var parts = new List<string> { TakePart() };
        while (TryTakeSymbol("."))
            parts.Add(TakePart());
        return parts;
    }

    /// <summary>Takes what is between parentheses, without them.</summary>
    public List<Token> TakeParenthesized()
    {
        if (Peek()?.IsSymbol("(") != true)
            throw IsAtEnd ? SnowflakeError.UnexpectedEnd() : SnowflakeError.Unexpected(Peek()!);
        var end = Parentheses.End(tokens, Position);
        var inner = tokens.Skip(Position + 1).Take(end - Position - 1).ToList();
        Position = end + 1;
        return inner;
    }

    /// <summary>Takes all up to a token that is not between parentheses.</summary>
    /// <param name="isEnd">Whether a token ends it.</param>
    public List<Token> TakeUntil(Func<Token, bool> isEnd)
    {
        var end = Parentheses.Find(tokens, Position, isEnd);
        var taken = tokens.Skip(Position).Take(end - Position).ToList();
        Position = end;
        return taken;
    }

    /// <summary>Takes all that is left.</summary>
    public List<Token> TakeRest() => TakeUntil(_ => false);

    private string TakePart()
    {
        var token = Take();
        return token.IsName ? token.Value : throw SnowflakeError.Unexpected(token);
    }
}

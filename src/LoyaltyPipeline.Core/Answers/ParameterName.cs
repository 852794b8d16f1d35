using LoyaltyPipeline.Core.Publication.Languages;

namespace LoyaltyPipeline.Core.Answers;

/// <summary>A parameter where a query names it.</summary>
/// <param name="Start">The character at which it stands, from 0.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Name">The name, without the sign before it.</param>
/// <param name="IsWholeList">Whether it is all that stands in the parentheses of an IN.</param>
internal sealed record ParameterName(int Start, int Length, string Name, bool IsWholeList)
{
    /// <summary>
    /// Finds what looks like a parameter: @name, not behind another word. What the engine's parser takes for one has the last word.
    /// </summary>
    public static IReadOnlyList<ParameterName> FindIn(string text)
    {
        var tokens = SqlLexer.Read(text).ToList();
        return [.. Enumerable.Range(0, Math.Max(0, tokens.Count - 1))
            .Where(at => text[tokens[at].Start] == '@' && tokens[at].Kind == SqlTokenKind.Symbol
                && tokens[at + 1].Kind == SqlTokenKind.Word && (at == 0 || tokens[at - 1].Kind != SqlTokenKind.Word))
            .Select(at => new ParameterName(
                tokens[at].Start, tokens[at + 1].End - tokens[at].Start, text.Substring(tokens[at + 1].Start, tokens[at + 1].Length),
                IsAllOfIn(text, tokens, at)))];
    }

    private static bool IsAllOfIn(string text, IReadOnlyList<SqlToken> tokens, int at)
    {
        var before = tokens.Take(at).Where(IsSaid).TakeLast(2).ToList();
        var after = tokens.Skip(at + 2).Where(IsSaid).Take(1).ToList();
        return before is [var word, var open] && text[open.Start] == '(' && after is [var close] && text[close.Start] == ')'
            && text.AsSpan(word.Start, word.Length).Equals("IN", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSaid(SqlToken token) => token.Kind is not (SqlTokenKind.Blank or SqlTokenKind.Comment);
}

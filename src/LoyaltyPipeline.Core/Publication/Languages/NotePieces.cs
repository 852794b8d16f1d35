using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Publication.Names;
using LoyaltyPipeline.Core.Publication.Words;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>Comments: each line of one is renamed as a whole. Its marks stay, and lines that a program reads.</summary>
internal sealed partial class NotePieces(NameRules rules)
{
    private static readonly (string Opening, string Closing)[] Blocks = [("/*", "*/"), ("<#", "#>")];

    /// <summary>The pieces of a comment.</summary>
    public IEnumerable<Piece> Of(string text, int start, int end)
    {
        var (inner, innerEnd) = Inside(text, start, end);
        // A comment in a comment goes as a whole: of its marks none may be left alone.
        if (text.AsSpan(inner, innerEnd - inner).Contains("/*", StringComparison.Ordinal))
            return Trimmed(text, inner, innerEnd) is { } whole ? [whole] : [];
        return ForPrograms().IsMatch(text[start..end]) ? [] : ByLines(text, inner, innerEnd);
    }

    private IEnumerable<Piece> ByLines(string text, int start, int end)
    {
        for (var line = start; line < end;)
        {
            var stop = text.AsSpan(line, end - line).IndexOfAny('\r', '\n') is var length and >= 0 ? line + length : end;
            if (!Heading().IsMatch(text[line..stop]) && Trimmed(text, line, stop) is { } piece)
                yield return piece;
            line = stop + 1;
        }
    }

    private static (int Start, int End) Inside(string text, int start, int end)
    {
        var comment = text.AsSpan(start, end - start);
        foreach (var (opening, closing) in Blocks)
        {
            if (comment.StartsWith(opening, StringComparison.Ordinal))
            {
                var isClosed = comment.Length >= opening.Length + closing.Length && comment.EndsWith(closing, StringComparison.Ordinal);
                return (start + opening.Length, isClosed ? end - closing.Length : end);
            }
        }

        return (comment.StartsWith("--", StringComparison.Ordinal) ? start + 2 : start, end);
    }

    private Piece? Trimmed(string text, int start, int end)
    {
        while (start < end && (IsAdornment(text[start]) && !(text[start] == '*' && start + 1 < end && text[start + 1] == '/')))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        var note = text[start..end];
        return note.Any(static character => char.IsLetter(character) || char.IsSurrogate(character)) && !rules.Keeps(note)
            ? new Piece(start, end - start, NameKind.Note)
            : null;
    }

    private static bool IsAdornment(char character) => char.IsWhiteSpace(character) || character is '-' or '#' or '*' or '=' or '!';

    // What a comment has for programs.
    [GeneratedRegex(
        @"^#\s*(requires|region|endregion)\b|^#!",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ForPrograms();

    // A heading of PowerShell's help.
    [GeneratedRegex(
        @"^\s*\.[A-Za-z]+(\s+\w+)?\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();
}

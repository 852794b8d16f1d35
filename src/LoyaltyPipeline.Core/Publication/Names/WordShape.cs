using System.Globalization;

namespace LoyaltyPipeline.Core.Publication.Names;

/// <summary>
/// What a word is: a run of letters, digits and underscores, as long as it can be. It is made of parts, as UserProfile is.
/// </summary>
internal static class WordShape
{
    /// <summary>Whether a character is part of a word. Halves of characters beyond the first plane are taken for letters.</summary>
    public static bool IsPart(char character) =>
        char.IsLetterOrDigit(character) || character == '_' || char.IsSurrogate(character)
            || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Whether a text is one word.</summary>
    public static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!IsPart(character))
                return false;
        }

        return text.Length > 0;
    }

    /// <summary>Whether a text is words that hyphens join.</summary>
    public static bool IsHyphenated(string text) =>
        text.Contains('-', StringComparison.Ordinal) && text.Split('-').All(part => IsWord(part));

    /// <summary>The end of the word that begins at a place.</summary>
    public static int EndOf(string text, int start)
    {
        while (start < text.Length && IsPart(text[start]))
            start++;
        return start;
    }

    /// <summary>How long a word is without what counts days or parts of it at its end: _2026 of USER_PROFILE_2026.</summary>
    public static int StemOf(string word)
    {
        var end = word.Length;
        for (var at = word.Length - 1; at > 0 && (char.IsAsciiDigit(word[at]) || word[at] is 'T' or '_'); at--)
        {
            if (word[at] == '_' && at + 1 < end && char.IsAsciiDigit(word[at + 1]))
                end = at;
        }

        return end;
    }

    /// <summary>The parts of a word, in small letters: user and profile of USER_PROFILE, userProfile and UserProfile.</summary>
    public static IReadOnlyList<string> PartsOf(string word)
    {
        var parts = new List<string>();
        var start = 0;
        for (var at = 0; at <= word.Length; at++)
        {
            if (at < word.Length && !IsSeparator(word[at]) && (at == start || !IsHump(word, at)))
                continue;
            if (at > start)
                parts.Add(word[start..at].ToLowerInvariant());
            start = at < word.Length && IsSeparator(word[at]) ? at + 1 : at;
        }

        return parts;
    }

    /// <summary>A word in small letters, without what separates its parts.</summary>
    public static string Flat(string word) => string.Concat(word.Where(character => !IsSeparator(character))).ToLowerInvariant();

    /// <summary>
    /// Whether a part begins inside a word: a capital after a small letter or a digit does, and the last capital of several: XMLFile is
    /// xml and file.
    /// </summary>
    public static bool IsHump(string word, int at) =>
        char.IsUpper(word[at]) && (!char.IsUpper(word[at - 1]) || (at + 1 < word.Length && char.IsLower(word[at + 1])));

    private static bool IsSeparator(char character) => character is '_' or '-';
}

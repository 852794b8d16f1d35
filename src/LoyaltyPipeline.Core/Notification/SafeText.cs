using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Notification;

/// <summary>Texts as they may be sent: without anybody's address, and no longer than who reads them takes.</summary>
internal static partial class SafeText
{
    /// <summary>A text of the catalogue names what a user wrote: a path may have somebody's address in it.</summary>
    public static string Masked(string text) => Address().Replace(text, PersonalDataMask.Masked);

    /// <summary>No more than the beginning of a text.</summary>
    public static string Bounded(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var length = longest - 1;
        return $"{text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)}…";
    }

    [GeneratedRegex(
        @"[^\s@'""<>(),;:/\\]+@[^\s@'""<>(),;:/\\]+\.[A-Za-z]{2,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}

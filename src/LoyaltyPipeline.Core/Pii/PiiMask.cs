using System.Globalization;
using System.Text;

namespace LoyaltyPipeline.Core.Pii;

/// <summary>
/// Shows what a personal value looks like and not what it says: its first character stays where others follow, each run of letters and
/// digits becomes ***.
/// </summary>
internal static class PiiMask
{
    private const int Longest = 40;

    /// <summary>Masks a value.</summary>
    public static string Of(string value)
    {
        var first = value.EnumerateRunes().First();
        var shown = new StringBuilder(Longest);
        // Of a value of one or two characters the first is too much of it; a terminal obeys control characters.
        if (value.Length > 3 && Rune.GetUnicodeCategory(first) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            shown.Append(first);
        var inRun = false;
        foreach (var rune in value.EnumerateRunes().Skip(shown.Length > 0 ? 1 : 0))
        {
            var isHidden = !IsSign(rune);
            if (isHidden && !inRun)
                shown.Append("***");
            else if (!isHidden)
                shown.Append(rune);
            inRun = isHidden;
            if (shown.Length >= Longest)
                return shown.Append("...").ToString();
        }

        return shown.ToString();
    }

    private static bool IsSign(Rune rune) => rune.IsAscii && (Rune.IsPunctuation(rune) || rune.Value is ' ' or '+' or '<' or '>');
}

using System.Text;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>How names of persons are written.</summary>
internal static class PersonNameText
{
    private const int Longest = 60;
    private const int MostWords = 5;

    // Between the parts of a name they are small where all else begins large.
    private static readonly HashSet<string> Particles = new(StringComparer.Ordinal)
    {
        "von",
        "van",
        "de",
        "der",
        "den",
        "del",
        "da",
        "dos",
        "do",
        "di",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "zu",
        "ter",
        "ten",
        "y",
        "e",
    };

    /// <summary>The words of a text that is written like a name, without commas and points; none where it is not.</summary>
    public static IReadOnlyList<string> Words(string value)
    {
        if (value.Length > Longest)
            return [];
        var words = value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 1 and <= MostWords && value.Count(character => character == ',') <= 1 && Array.TrueForAll(words, IsWord)
            && !Particles.Contains(words[^1])
            ? [.. words.Select(word => word.Trim('.', '"', '(', ')'))]
            : [];
    }

    private static bool IsWord(string word)
    {
        if (Particles.Contains(word))
            return true;
        var text = word.Trim('.', '"', '(', ')');
        if (text.Length == 0)
            return false;
        var first = text.EnumerateRunes().First();
        return (Rune.IsUpper(first) || Rune.GetUnicodeCategory(first) == System.Globalization.UnicodeCategory.OtherLetter)
            && text.EnumerateRunes().All(rune => Rune.IsLetter(rune) || rune.Value is '\'' or '’' or '-' or '.');
    }
}

namespace LoyaltyPipeline.Core.Publication.Names;

/// <summary>Finds texts that are more than a word where they stand alone.</summary>
internal sealed class PhraseIndex(StringComparison comparison)
{
    private readonly Dictionary<string, List<string>> _byFirst = new(StringComparer.FromComparison(comparison));

    /// <summary>Adds a text; a single word is none.</summary>
    public void Add(string phrase)
    {
        if (WordShape.IsWord(phrase))
            return;
        if (!_byFirst.TryGetValue(FirstOf(phrase, 0), out var phrases))
            _byFirst.Add(FirstOf(phrase, 0), phrases = []);
        phrases.Add(phrase);
    }

    /// <summary>The end of the longest one that begins at a place and ends before another; the place itself where none does.</summary>
    public int EndOf(string text, int at, int end)
    {
        if (_byFirst.Count == 0 || (at > 0 && WordShape.IsPart(text[at - 1])) || !_byFirst.TryGetValue(FirstOf(text, at), out var phrases))
            return at;
        var longest = 0;
        foreach (var phrase in phrases)
        {
            if (phrase.Length > longest && at + phrase.Length <= end && StandsAlone(text, at + phrase.Length)
                && string.Compare(text, at, phrase, 0, phrase.Length, comparison) == 0)
                longest = phrase.Length;
        }

        return at + longest;
    }

    // Its first word, or the mark that it begins with.
    private static string FirstOf(string text, int at) => text[at..Math.Max(at + 1, WordShape.EndOf(text, at))];

    private static bool StandsAlone(string text, int end) => end == text.Length || !WordShape.IsPart(text[end]);
}

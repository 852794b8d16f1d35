using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Publication.Names;

namespace LoyaltyPipeline.Core.Publication.Words;

/// <summary>Which names stay as they are.</summary>
/// <param name="words">Words of the languages.</param>
/// <param name="keep">Names and patterns of the user's.</param>
/// <param name="isRunnable">Whether what the module's code demands stays too.</param>
internal sealed class NameRules(LanguageWords words, IReadOnlyList<string> keep, bool isRunnable)
{
    private readonly HashSet<string> _demanded = new(isRunnable ? LanguageWords.Demanded : [], StringComparer.OrdinalIgnoreCase);
    private readonly PhraseIndex _phrases = PhrasesOf(isRunnable ? [.. keep, .. LanguageWords.Demanded] : keep);
    private readonly Dictionary<string, bool> _kept = new(StringComparer.Ordinal);

    /// <summary>The end of the kept text of several words that begins at a place; the place itself where none does.</summary>
    public int EndOfKept(string text, int at, int end) => _phrases.EndOf(text, at, end);

    /// <summary>Whether a name stays.</summary>
    public bool Keeps(string name)
    {
        if (_kept.TryGetValue(name, out var known))
            return known;
        var parts = WordShape.IsWord(name) ? WordShape.PartsOf(name) : [];
        return _kept[name] = IsKept(name) || (parts.Count > 1 && IsKept(string.Join('_', parts)));
    }

    private static PhraseIndex PhrasesOf(IEnumerable<string> texts)
    {
        var phrases = new PhraseIndex(StringComparison.OrdinalIgnoreCase);
        foreach (var text in texts.Where(text => !NameMatch.IsPattern(text)))
            phrases.Add(text);
        return phrases;
    }

    private bool IsKept(string name) =>
        words.Has(name) || _demanded.Contains(name) || keep.Any(pattern => NamePattern.Fits(pattern, name));
}

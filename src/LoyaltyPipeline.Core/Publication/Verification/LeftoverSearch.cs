using System.Buffers;
using LoyaltyPipeline.Core.Publication.Names;
using LoyaltyPipeline.Core.Publication.Renaming;
using LoyaltyPipeline.Core.Publication.Words;

namespace LoyaltyPipeline.Core.Publication.Verification;

/// <summary>
/// Looks for original names in copies. It knows nothing of languages and pieces: it searches for the letters, in any case, with parts
/// joined by underscores, by hyphens and by nothing, and then judges whether what is round them belongs to the word.
/// </summary>
internal sealed class LeftoverSearch
{
    // Of so many letters a name gives itself away as a part of another word, as in new_users.
    private const int TellingLetters = 5;

    // Of so many letters a name of several parts does so wherever it stands: USERPROFILES.
    private const int UnmistakableLetters = 8;

    private readonly Dictionary<string, Sought> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly int[] _lengths;
    private readonly SearchValues<string> _any;
    private readonly NameMap _map;
    private readonly NameRules _rules;

    public LeftoverSearch(NameMap map, NameRules rules)
    {
        (_map, _rules) = (map, rules);
        foreach (var row in map.Rows.Where(row => row.Original.Count(char.IsLetter) >= NameSweep.FewestLetters))
        {
            foreach (var form in FormsOf(row.Original))
                _names.TryAdd(form, new Sought(row.Original, row.Kind is not (NameKind.Text or NameKind.Note), IsOfParts(row.Original)));
        }

        _lengths = [.. _names.Keys.Select(name => name.Length).Distinct().OrderDescending()];
        _any = SearchValues.Create([.. _names.Keys], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The names that are left in a text, and the places of the words that they stand in.</summary>
    public IEnumerable<Leftover> In(string text)
    {
        var kept = KeptStretches(text);
        for (var at = 0; at < text.Length;)
        {
            var found = text.AsSpan(at).IndexOfAny(_any);
            if (found < 0)
                yield break;
            at += found;
            if (LeftAt(text, at) is { } left && !kept.Exists(stretch => stretch.Start <= at && at < stretch.End))
                yield return left;
            at++;
        }
    }

    private List<(int Start, int End)> KeptStretches(string text)
    {
        var kept = new List<(int Start, int End)>();
        for (var at = 0; at < text.Length;)
        {
            var word = WordShape.EndOf(text, at);
            if (word > at && _rules.EndOfKept(text, at, text.Length) is var end && end > at)
            {
                kept.Add((at, end));
                word = end;
            }

            at = Math.Max(word, at + 1);
        }

        return kept;
    }

    private Leftover? LeftAt(string text, int at)
    {
        var lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in _lengths)
        {
            if (at + length <= text.Length && lookup.TryGetValue(text.AsSpan(at, length), out var sought)
                && IsGivenAway(text, at, at + length, sought))
                return new Leftover(sought.Name, StartRound(text, at), WordShape.EndOf(text, at + length));
        }

        return null;
    }

    private bool IsGivenAway(string text, int start, int end, Sought sought)
    {
        var (left, right) = (EdgeBefore(text, start), EdgeAfter(text, end));
        // A name of somebody's own may be the published name of another.
        if (text[StartRound(text, start)..WordShape.EndOf(text, end)] is var word && (_rules.Keeps(word) || _map.OriginalOf(word) is not null))
            return false;
        if (left == Edge.Word && right == Edge.Word)
            return true;
        if (!sought.IsThing)
            return false;
        return left != Edge.None && right != Edge.None
            ? sought.IsOfParts || sought.Name.Count(char.IsLetter) >= TellingLetters
            : sought.IsOfParts && end - start >= UnmistakableLetters;
    }

    private static Edge EdgeBefore(string text, int start) =>
        start == 0 || !WordShape.IsPart(text[start - 1]) ? Edge.Word : WordShape.IsPart(text[start]) ? EdgeBetween(text, start) : Edge.None;

    private static Edge EdgeAfter(string text, int end) =>
        end == text.Length || !WordShape.IsPart(text[end]) ? Edge.Word : WordShape.IsPart(text[end - 1]) ? EdgeBetween(text, end) : Edge.None;

    private static Edge EdgeBetween(string text, int at) =>
        text[at - 1] == '_' || text[at] == '_' || WordShape.IsHump(text, at) ? Edge.Part : Edge.None;

    // The word that a name stands in, or the words where it is of several, begins there.
    private static int StartRound(string text, int at)
    {
        while (at > 0 && WordShape.IsPart(text[at - 1]))
            at--;
        return at;
    }

    private static bool IsOfParts(string name) => WordShape.IsWord(name) && WordShape.PartsOf(name).Count > 1;

    private static IEnumerable<string> FormsOf(string name) => IsOfParts(name)
        ? [name, WordShape.Flat(name), string.Join('_', WordShape.PartsOf(name)), string.Join('-', WordShape.PartsOf(name))]
        : [name];

    private enum Edge
    {
        None,
        Part,
        Word,
    }

    private sealed record Sought(string Name, bool IsThing, bool IsOfParts);
}

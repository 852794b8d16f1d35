using System.Text;
using LoyaltyPipeline.Core.Publication.Names;
using LoyaltyPipeline.Core.Publication.Words;

namespace LoyaltyPipeline.Core.Publication.Renaming;

/// <summary>Renames what is left between pieces, and in prose: every name that is known, and words that give one away.</summary>
internal sealed class NameSweep(NameMap map, NameRules rules)
{
    /// <summary>Of fewer letters a name says nothing outside code: a is an alias, and a word.</summary>
    public const int FewestLetters = 3;

    /// <summary>Of so many letters a name gives itself away as a part of another word, as in new_users.</summary>
    public const int TellingLetters = 5;

    /// <summary>Of so many letters a name of several parts does so wherever it stands: USERPROFILES.</summary>
    public const int UnmistakableLetters = 8;

    private readonly Dictionary<string, bool> _telling = new(StringComparer.Ordinal);
    private int _known;

    /// <summary>Renames a stretch of a text.</summary>
    /// <returns>How many names were in it.</returns>
    public int Rename(string text, int start, int end, StringBuilder output)
    {
        var renamed = 0;
        for (var at = start; at < end;)
        {
            var kept = rules.EndOfKept(text, at, end);
            if (kept > at)
            {
                output.Append(text, at, kept - at);
                at = kept;
                continue;
            }

            var stop = Math.Clamp(WordShape.EndOf(text, at), at + 1, end);
            var (published, next) = Phrase(text, at, end) ?? (WordShape.IsPart(text[at]) ? Word(text[at..stop]) : null, stop);
            if (published is null)
                output.Append(text, at, next - at);
            else
                output.Append(published);
            renamed += published is null ? 0 : 1;
            at = next;
        }

        return renamed;
    }

    private (string? Published, int End)? Phrase(string text, int at, int end)
    {
        var stop = map.EndOfPhrase(text, at, end);
        if (stop > at && !rules.Keeps(text[at..stop]))
            return (map.Publish(text[at..stop], NameKind.Text), stop);
        var ends = HyphenatedEnds(text, at, end);
        foreach (var hyphenated in ends.OrderDescending())
        {
            var spelling = text[at..hyphenated];
            if (map.IsForm(spelling) || (map.Knows(spelling) && !rules.Keeps(spelling.Replace('-', '_'))))
                return (map.Publish(spelling, NameKind.Text), hyphenated);
        }

        return null;
    }

    // user-profile, after user.
    private static List<int> HyphenatedEnds(string text, int at, int end)
    {
        const int MostParts = 8;
        var ends = new List<int>();
        var stop = WordShape.EndOf(text, at);
        while (ends.Count < MostParts && stop + 1 < end && text[stop] == '-' && WordShape.IsPart(text[stop + 1]))
        {
            stop = WordShape.EndOf(text, stop + 1);
            if (stop <= end)
                ends.Add(stop);
        }

        return ends;
    }

    // Null where the word stays.
    private string? Word(string word)
    {
        var stem = word[..WordShape.StemOf(word)];
        if (map.IsForm(word) || map.IsForm(stem))
            return map.Publish(word, NameKind.Name);
        if (word.Count(char.IsLetter) < FewestLetters || rules.Keeps(word))
            return null;
        if (map.Knows(word))
            return map.Publish(word, NameKind.Name);
        if (stem.Length < word.Length && map.Knows(stem) && !rules.Keeps(stem))
            return map.Publish(stem, NameKind.Name) + word[stem.Length..];
        return IsTelling(word) ? map.Publish(word, NameKind.Name) : null;
    }

    private bool IsTelling(string word)
    {
        if (_known != map.Rows.Count)
            _telling.Clear();
        _known = map.Rows.Count;
        if (!_telling.TryGetValue(word, out var telling))
            _telling.Add(word, telling = HasNameAmongParts(WordShape.PartsOf(word)) || HasName(WordShape.Flat(word)));
        return telling;
    }

    private bool HasNameAmongParts(IReadOnlyList<string> parts)
    {
        for (var first = 0; first < parts.Count; first++)
        {
            var name = string.Empty;
            for (var last = first; last < parts.Count; last++)
            {
                name = last == first ? parts[first] : $"{name}_{parts[last]}";
                if ((last > first || name.Count(char.IsLetter) >= TellingLetters) && IsNameOfThing(name) && !rules.Keeps(name))
                    return true;
            }
        }

        return false;
    }

    private bool IsNameOfThing(string name) => map.KindOf(name) is not (null or NameKind.Text or NameKind.Note);

    private bool HasName(string letters)
    {
        for (var start = 0; start + UnmistakableLetters <= letters.Length; start++)
        {
            for (var length = UnmistakableLetters; start + length <= letters.Length; length++)
            {
                if (map.HasJoined(letters.AsSpan(start, length)) && !rules.Keeps(letters.Substring(start, length)))
                    return true;
            }
        }

        return false;
    }
}

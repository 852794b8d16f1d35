using System.Text;
using LoyaltyPipeline.Core.Publication.Names;
using LoyaltyPipeline.Core.Publication.Words;

namespace LoyaltyPipeline.Core.Publication.Renaming;

/// <summary>Renames what is left between pieces, and in prose: every name that is known.</summary>
internal sealed class NameSweep(NameMap map, NameRules rules)
{
    /// <summary>Of fewer letters a name says nothing outside code: a is an alias, and a word.</summary>
    public const int FewestLetters = 3;

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
        return stem.Length < word.Length && map.Knows(stem) && !rules.Keeps(stem)
            ? map.Publish(stem, NameKind.Name) + word[stem.Length..]
            : null;
    }
}

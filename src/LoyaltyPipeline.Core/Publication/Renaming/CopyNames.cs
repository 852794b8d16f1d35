using LoyaltyPipeline.Core.Publication.Names;

namespace LoyaltyPipeline.Core.Publication.Renaming;

/// <summary>Counts the published names of a copy.</summary>
internal static class CopyNames
{
    /// <summary>How many stand in it, each place counted.</summary>
    public static int Count(string copy, NameMap map)
    {
        var count = 0;
        for (var at = 0; at < copy.Length;)
        {
            var word = WordShape.EndOf(copy, at);
            var phrase = word > at ? map.EndOfPublished(copy, at, copy.Length) : at;
            count += phrase > at || (word > at && map.OriginalOf(copy[at..word]) is not null) ? 1 : 0;
            at = Math.Max(Math.Max(word, phrase), at + 1);
        }

        return count;
    }
}

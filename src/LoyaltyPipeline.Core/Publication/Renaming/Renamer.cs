using System.Text;
using LoyaltyPipeline.Core.Publication.Languages;
using LoyaltyPipeline.Core.Publication.Names;

namespace LoyaltyPipeline.Core.Publication.Renaming;

/// <summary>Writes a text with published names in it, and reads it back.</summary>
internal sealed class Renamer(NameMap map, NameSweep sweep)
{
    /// <summary>Renames the pieces of a text, and what is between them.</summary>
    /// <returns>The text, and how many names were renamed.</returns>
    public (string Text, int Renamed) Rename(string text, IReadOnlyList<Piece> pieces)
    {
        var output = new StringBuilder(text.Length);
        var (at, renamed) = (0, pieces.Count);
        foreach (var piece in pieces)
        {
            renamed += sweep.Rename(text, at, piece.Start, output);
            output.Append(map.Publish(text.Substring(piece.Start, piece.Length), piece.Kind));
            at = piece.End;
        }

        renamed += sweep.Rename(text, at, text.Length, output);
        return (output.ToString(), renamed);
    }

    /// <summary>Puts the original names back.</summary>
    public static string Restore(string copy, NameMap map)
    {
        var output = new StringBuilder(copy.Length);
        for (var at = 0; at < copy.Length;)
        {
            if (!WordShape.IsPart(copy[at]))
            {
                output.Append(copy[at++]);
                continue;
            }

            var stop = map.EndOfPublished(copy, at, copy.Length) is var phrase && phrase > at ? phrase : WordShape.EndOf(copy, at);
            output.Append(Original(copy[at..stop], map));
            at = stop;
        }

        return output.ToString();
    }

    /// <summary>The words of a copy that look like published names and are none of the map.</summary>
    public static IEnumerable<string> Strangers(string copy, NameMap map)
    {
        for (var at = 0; at < copy.Length;)
        {
            var stop = WordShape.EndOf(copy, at);
            if (stop > at && copy[at..stop] is var word && Pseudonym.IsLike(word) && map.OriginalOf(word) is null)
                yield return word;
            at = Math.Max(stop, at + 1);
        }
    }

    private static string Original(string published, NameMap map) =>
        map.OriginalOf(published) ?? (WordShape.StemOf(published) is var stem && map.OriginalOf(published[..stem]) is { } original
            ? original + published[stem..]
            : published);
}

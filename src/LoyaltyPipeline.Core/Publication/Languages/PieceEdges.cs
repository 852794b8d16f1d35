using LoyaltyPipeline.Core.Publication.Names;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>
/// Makes each piece begin and end where a word does: a published name that touched another word could not be told from it again. What is
/// renamed of 1abc is all of it.
/// </summary>
internal static class PieceEdges
{
    /// <summary>The pieces, those that touch made one.</summary>
    public static IReadOnlyList<Piece> Align(string text, IEnumerable<Piece> pieces)
    {
        var aligned = new List<Piece>();
        foreach (var piece in pieces.Select(piece => Align(text, piece)))
        {
            if (aligned.Count > 0 && aligned[^1] is var last && Touch(text, last, piece))
                aligned[^1] = last with { Length = Math.Max(last.End, piece.End) - last.Start };
            else
                aligned.Add(piece);
        }

        return aligned;
    }

    private static Piece Align(string text, Piece piece)
    {
        var (start, end) = (piece.Start, piece.End);
        while (start > 0 && WordShape.IsPart(text[start - 1]))
            start--;
        var stop = WordShape.EndOf(text, end);
        // What counts days or parts stays as it is.
        if (stop > end && (!WordShape.IsWord(text.AsSpan(start, end - start)) || start + WordShape.StemOf(text[start..stop]) != end))
            end = stop;
        return piece with { Start = start, Length = end - start };
    }

    private static bool Touch(string text, Piece one, Piece other) =>
        other.Start < one.End || (other.Start == one.End && other.Start < text.Length);
}

using LoyaltyPipeline.Core.Publication.Names;
using LoyaltyPipeline.Core.Publication.Words;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>What is to be renamed in CSV: the columns of the header, and every cell that is a text.</summary>
internal sealed class CsvPieces(NameRules rules)
{
    private readonly LiteralPieces _literals = new(rules);

    /// <summary>The pieces of a stretch of a text, in their order.</summary>
    public IEnumerable<Piece> Of(string text, int start, int end)
    {
        var delimiter = DelimiterOf(text, start, end);
        var isHeader = true;
        for (var at = start; at < end;)
        {
            var (inner, innerEnd, next) = Cell(text, at, end, delimiter);
            foreach (var piece in isHeader
                ? _literals.Name(text, inner, innerEnd, NameKind.Column)
                : _literals.Of(text, inner, innerEnd, NameKind.Text))
                yield return piece;
            isHeader &= next >= end || text[next] == delimiter;
            at = next + 1;
        }
    }

    private static (int Start, int End, int Next) Cell(string text, int at, int end, char delimiter)
    {
        if (text[at] != '"')
        {
            var stop = at;
            while (stop < end && text[stop] != delimiter && text[stop] is not ('\r' or '\n'))
                stop++;
            return (at, stop, stop);
        }

        var close = at + 1;
        while (close < end && (text[close] != '"' || (close + 1 < end && text[close + 1] == '"')))
            close += text[close] == '"' ? 2 : 1;
        close = Math.Min(close, end);
        var next = close;
        while (next < end && text[next] != delimiter && text[next] is not ('\r' or '\n'))
            next++;
        return (at + 1, close, next);
    }

    // What the first line has most of.
    private static char DelimiterOf(string text, int start, int end)
    {
        var line = text.AsSpan(start, end - start);
        if (line.IndexOfAny('\r', '\n') is var length and >= 0)
            line = line[..length];
        var best = ',';
        foreach (var candidate in ";\t|")
        {
            if (line.Count(candidate) > line.Count(best))
                best = candidate;
        }

        return best;
    }
}

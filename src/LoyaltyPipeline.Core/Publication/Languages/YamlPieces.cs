using LoyaltyPipeline.Core.Publication.Names;
using LoyaltyPipeline.Core.Publication.Words;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>
/// What is to be renamed in YAML: keys that are no settings, values that are names or texts, queries as SQL, comments line by line.
/// </summary>
internal sealed class YamlPieces(NameRules rules)
{
    private readonly LiteralPieces _literals = new(rules);
    private readonly NotePieces _notes = new(rules);
    private readonly SqlPieces _sql = new(rules);

    /// <summary>The pieces of a stretch of a text, in their order.</summary>
    /// <exception cref="FormatException">It is no YAML.</exception>
    public IEnumerable<Piece> Of(string text, int start, int end)
    {
        var yaml = text[start..end];
        var at = 0;
        foreach (var scalar in YamlScalars.In(yaml))
        {
            foreach (var piece in Between(yaml, at, scalar.Start).Concat(Of(yaml, scalar)))
                yield return piece.Shifted(start);
            at = scalar.End;
        }

        foreach (var piece in Between(yaml, at, yaml.Length))
            yield return piece.Shifted(start);
    }

    private IEnumerable<Piece> Of(string yaml, YamlScalar scalar)
    {
        var isQuery = scalar.Key is "query" or "sql" && yaml.AsSpan(scalar.Start, scalar.End - scalar.Start).IndexOfAny(" \n") >= 0;
        if (isQuery)
            return _sql.Of(yaml, scalar.Start, scalar.End);
        return scalar.IsBlock || yaml.AsSpan(scalar.Start, scalar.End - scalar.Start).Contains('\n')
            ? _notes.Of(yaml, scalar.Start, scalar.End)
            : OfLine(yaml, scalar);
    }

    private IEnumerable<Piece> OfLine(string yaml, YamlScalar scalar)
    {
        var isName = Catalog.Identifier.IsValid(yaml[scalar.Start..scalar.End]);
        return _literals.Of(
            yaml, scalar.Start, scalar.End,
            isName ? NameKind.Column : scalar.Key is null ? NameKind.Name : scalar.Key == "description" ? NameKind.Note : NameKind.Text);
    }

    // Between scalars a number sign after a blank begins a comment.
    private IEnumerable<Piece> Between(string yaml, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if (yaml[at] != '#' || (at > 0 && !char.IsWhiteSpace(yaml[at - 1])))
                continue;
            var stop = yaml.AsSpan(at, end - at).IndexOfAny('\r', '\n') is var length and >= 0 ? at + length : end;
            foreach (var piece in _notes.Of(yaml, at, stop))
                yield return piece;
            at = stop;
        }
    }
}

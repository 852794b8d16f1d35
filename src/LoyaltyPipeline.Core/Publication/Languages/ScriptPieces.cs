using LoyaltyPipeline.Core.Publication.Words;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>What is to be renamed in a text, by its language; and the addresses in what is left of it.</summary>
internal sealed class ScriptPieces
{
    private readonly LiteralPieces _literals;
    private readonly SqlPieces _sql;
    private readonly YamlPieces _yaml;
    private readonly CsvPieces _csv;
    private readonly PowerShellPieces _powerShell;
    private readonly MarkdownPieces _markdown;

    public ScriptPieces(NameRules rules, Func<string, IReadOnlyList<ScriptToken>> powerShell)
    {
        _literals = new LiteralPieces(rules);
        _sql = new SqlPieces(rules);
        _yaml = new YamlPieces(rules);
        _csv = new CsvPieces(rules);
        _powerShell = new PowerShellPieces(rules, powerShell);
        _markdown = new MarkdownPieces(Of);
    }

    /// <summary>The pieces of a text, in their order.</summary>
    /// <exception cref="FormatException">The text is none of the language.</exception>
    public IReadOnlyList<Piece> In(string text, ScriptKind kind)
    {
        var all = new List<Piece>();
        var at = 0;
        foreach (var piece in Of(kind)(text, 0, text.Length))
        {
            all.AddRange(_literals.AddressesIn(text, at, piece.Start));
            all.Add(piece);
            at = piece.End;
        }

        all.AddRange(_literals.AddressesIn(text, at, text.Length));
        return PieceEdges.Align(text, all);
    }

    private Func<string, int, int, IEnumerable<Piece>> Of(ScriptKind kind) => kind switch
    {
        ScriptKind.Sql => _sql.Of,
        ScriptKind.Yaml => _yaml.Of,
        ScriptKind.Csv => _csv.Of,
        ScriptKind.PowerShell => _powerShell.Of,
        _ => _markdown.Of,
    };
}

using LoyaltyPipeline.Core.Publication.Names;
using LoyaltyPipeline.Core.Publication.Words;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>What is to be renamed in PowerShell: variables and functions that the script makes, texts, comments line by line.</summary>
/// <param name="rules">What stays.</param>
/// <param name="read">PowerShell's own parser.</param>
internal sealed class PowerShellPieces(NameRules rules, Func<string, IReadOnlyList<ScriptToken>> read)
{
    private readonly LiteralPieces _literals = new(rules);
    private readonly NotePieces _notes = new(rules);

    /// <summary>The pieces of a stretch of a text, in their order.</summary>
    public IEnumerable<Piece> Of(string text, int start, int end)
    {
        var script = text[start..end];
        return read(script).SelectMany(token => Of(script, token)).Select(piece => piece.Shifted(start));
    }

    private IEnumerable<Piece> Of(string script, ScriptToken token) => token.Kind switch
    {
        ScriptTokenKind.Name => _literals.Name(script, token.Start, token.Start + token.Length, NameKind.Name),
        ScriptTokenKind.Text => _literals.Of(script, token.Start, token.Start + token.Length, NameKind.Text),
        _ => _notes.Of(script, token.Start, token.Start + token.Length),
    };
}

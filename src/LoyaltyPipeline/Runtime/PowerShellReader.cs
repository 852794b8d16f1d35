using System.Management.Automation.Language;
using LoyaltyPipeline.Core.Publication.Languages;

namespace LoyaltyPipeline.Runtime;

/// <summary>What in a script may be renamed, as PowerShell's own parser sees it.</summary>
internal static class PowerShellReader
{
    /// <summary>The stretches of a script that are names of its own, texts and comments, in their order.</summary>
    /// <param name="script">The script; what is wrong in it does not matter.</param>
    public static IReadOnlyList<ScriptToken> Read(string script)
    {
        var ast = Parser.ParseInput(script, out var tokens, out _);
        var found = new List<ScriptToken>();
        for (var at = 0; at < tokens.Length; at++)
        {
            var isFunction = at > 0 && tokens[at - 1].Kind is TokenKind.Function or TokenKind.Filter;
            found.AddRange(isFunction ? [FunctionName(tokens[at])] : Of(tokens[at], script));
        }

        found.AddRange(ast.FindAll(IsPlace, searchNestedScriptBlocks: true).Select(place => Inside(place.Extent, ScriptTokenKind.Text)));
        return [.. found.Where(token => token.Length > 0).DistinctBy(token => token.Start).OrderBy(token => token.Start)];
    }

    // An argument without quotes that is an address or a path.
    private static bool IsPlace(Ast ast) =>
        ast is StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord, Parent: CommandAst command } word
            && command.CommandElements[0] != word && word.Value.AsSpan().ContainsAny("/\\@");

    private static IEnumerable<ScriptToken> Of(Token token, string script) => token switch
    {
        VariableToken variable => [VariableName(variable)],
        StringExpandableToken { NestedTokens: { Count: > 0 } nested } text => Between(text, nested, script),
        StringToken { Kind: TokenKind.StringLiteral or TokenKind.StringExpandable } text => [Quoted(text)],
        StringToken { Kind: TokenKind.HereStringLiteral or TokenKind.HereStringExpandable } text =>
            Lines(script, text.Extent.StartOffset + 2, text.Extent.EndOffset - 2),
        { Kind: TokenKind.Comment } => [Inside(token.Extent, ScriptTokenKind.Comment)],
        _ => [],
    };

    private static ScriptToken Inside(IScriptExtent extent, ScriptTokenKind kind) =>
        new(kind, extent.StartOffset, extent.EndOffset - extent.StartOffset);

    private static ScriptToken Quoted(Token text) =>
        new(ScriptTokenKind.Text, text.Extent.StartOffset + 1, Math.Max(0, text.Text.Length - 2));

    // Of Update-Score the noun: the verb is PowerShell's.
    private static ScriptToken FunctionName(Token token)
    {
        var noun = token.Text.IndexOf('-', StringComparison.Ordinal) + 1;
        return new ScriptToken(ScriptTokenKind.Name, token.Extent.StartOffset + noun, token.Text.Length - noun);
    }

    // Of $script:count and ${count} the name.
    private static ScriptToken VariableName(VariableToken token)
    {
        var path = token.VariablePath.UserPath;
        var name = path[(path.LastIndexOf(':') + 1)..];
        var at = token.Text.LastIndexOf(name, StringComparison.Ordinal);
        return new ScriptToken(ScriptTokenKind.Name, token.Extent.StartOffset + Math.Max(0, at), at < 0 ? 0 : name.Length);
    }

    // What is between variables and expressions, line by line where there are several.
    private static IEnumerable<ScriptToken> Between(StringExpandableToken text, IEnumerable<Token> nested, string script)
    {
        var at = text.Extent.StartOffset + 1;
        foreach (var token in nested)
        {
            foreach (var part in Lines(script, at, token.Extent.StartOffset).Concat(Of(token, script)))
                yield return part;
            at = token.Extent.EndOffset;
        }

        foreach (var part in Lines(script, at, text.Extent.EndOffset - 1))
            yield return part;
    }

    private static IEnumerable<ScriptToken> Lines(string script, int start, int end)
    {
        while (start < end)
        {
            var line = script.AsSpan(start, end - start).IndexOfAny('\r', '\n') is var length and >= 0 ? length : end - start;
            yield return new ScriptToken(ScriptTokenKind.Text, start, line);
            start += line + 1;
        }
    }
}

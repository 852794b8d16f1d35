using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>What is to be renamed in Markdown: code between fences, as the fence says. Prose is left to what looks through it.</summary>
/// <param name="language">The pieces of a language; null where it is none that is known.</param>
internal sealed partial class MarkdownPieces(Func<ScriptKind, Func<string, int, int, IEnumerable<Piece>>> language)
{
    /// <summary>The pieces of a stretch of a text, in their order.</summary>
    public IEnumerable<Piece> Of(string text, int start, int end)
    {
        string? fence = null;
        ScriptKind? kind = null;
        var code = start;
        for (var line = start; line < end;)
        {
            var stop = text.IndexOf('\n', line, end - line) is var found and >= 0 ? found + 1 : end;
            var match = Fence().Match(text[line..stop]);
            if (fence is null && match.Success)
            {
                (fence, kind, code) = (match.Groups["mark"].Value, KindOf(match.Groups["language"].Value), stop);
            }
            else if (fence is not null && match.Success && match.Groups["mark"].Value.StartsWith(fence, StringComparison.Ordinal)
                && match.Groups["language"].Length == 0)
            {
                foreach (var piece in Code(text, code, line, kind))
                    yield return piece;
                fence = null;
            }

            line = stop;
        }
    }

    // What is no YAML is an example of something else; names in it are found as in prose.
    private Piece[] Code(string text, int start, int end, ScriptKind? kind)
    {
        try
        {
            return kind is { } known ? [.. language(known)(text, start, end)] : [];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static ScriptKind? KindOf(string language) => language.ToLowerInvariant() switch
    {
        "sql" or "duckdb" or "snowflake" => ScriptKind.Sql,
        "yaml" or "yml" => ScriptKind.Yaml,
        "csv" => ScriptKind.Csv,
        "powershell" or "pwsh" or "ps1" => ScriptKind.PowerShell,
        _ => null,
    };

    [GeneratedRegex(
        @"^ {0,12}(?<mark>`{3,}|~{3,})[ \t]*(?<language>[A-Za-z0-9_+-]*)[^`]*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();
}

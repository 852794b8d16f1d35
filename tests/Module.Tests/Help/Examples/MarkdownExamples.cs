using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>
/// The fenced blocks of a page that say that they are PowerShell or YAML. Pages that the build writes repeat the examples of Get-Help,
/// which are found there.
/// </summary>
internal static class MarkdownExamples
{
    private const string Written = "<!-- Written by the build ";

    public static IEnumerable<Example> Find() =>
        from file in Directory.GetFiles(RepositoryRoot.Combine("docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Prepend(RepositoryRoot.Combine("README.md"))
        let lines = File.ReadAllLines(file)
        where !lines[0].StartsWith(Written, StringComparison.Ordinal)
        from example in Read(Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'), lines)
        select example;

    private static IEnumerable<Example> Read(string source, string[] lines) =>
        from block in Blocks(lines)
        group block.Block by (block.Heading, block.Language) into session
        select new Example(source, session.Key.Heading, session.Key.Language, [.. session]);

    private static IEnumerable<(string Heading, ExampleLanguage Language, ExampleBlock Block)> Blocks(string[] lines)
    {
        var heading = string.Empty;
        for (var start = 0; start < lines.Length; start++)
        {
            if (lines[start].StartsWith('#'))
                heading = lines[start].TrimStart('#', ' ');
            if (!lines[start].StartsWith("```", StringComparison.Ordinal))
                continue;
            var end = Array.FindIndex(lines, start + 1, line => line.StartsWith("```", StringComparison.Ordinal));
            if (LanguageOf(lines[start][3..].Trim()) is { } language)
                yield return (heading, language, new ExampleBlock(start + 2, string.Join('\n', lines[(start + 1)..end])));
            start = end;
        }
    }

    private static ExampleLanguage? LanguageOf(string fence) => fence switch
    {
        "powershell" or "pwsh" or "ps1" => ExampleLanguage.PowerShell,
        "yaml" or "yml" => ExampleLanguage.Configuration,
        _ => null,
    };
}

using System.Text.RegularExpressions;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>
/// The blocks of about_ topics: lines indented by eight or more after an empty one. What is below one heading is one session; a block that
/// begins with the key of a mapping is a configuration.
/// </summary>
internal static partial class TopicExamples
{
    private const int Indent = 8;

    [GeneratedRegex("^(?:  )?[A-Z][A-Z0-9 .]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Heading { get; }

    [GeneratedRegex("^(?:#.*\n|\n)*[a-z_]+:(?:\n|$)", RegexOptions.NonBacktracking)]
    private static partial Regex Mapping { get; }

    public static IEnumerable<Example> Find() =>
        from file in Directory.GetFiles(RepositoryRoot.Combine("module", "en-US"), "about_*.help.txt").Order(StringComparer.Ordinal)
        from example in Read($"module/en-US/{Path.GetFileName(file)}", File.ReadAllLines(file))
        select example;

    private static IEnumerable<Example> Read(string source, string[] lines) =>
        from block in Blocks(lines)
        group block.Block by (
            block.Heading,
            Language: Mapping.IsMatch(block.Block.Text) ? ExampleLanguage.Configuration : ExampleLanguage.PowerShell) into session
        select new Example(source, session.Key.Heading, session.Key.Language, [.. session]);

    private static IEnumerable<(string Heading, ExampleBlock Block)> Blocks(string[] lines)
    {
        var heading = string.Empty;
        for (var start = 0; start < lines.Length; start++)
        {
            if (Heading.IsMatch(lines[start]))
                heading = lines[start].Trim();
            if (!IsCode(lines[start]) || (start > 0 && lines[start - 1].Length > 0))
                continue;
            var end = start;
            while (end < lines.Length && (IsCode(lines[end]) || lines[end].Length == 0))
                end++;
            yield return (
                heading,
                new ExampleBlock(
                    start + 1,
                    string.Join('\n', lines[start..end].Select(line => line.Length == 0 ? line : line[Indent..])).TrimEnd('\n')));
            start = end - 1;
        }
    }

    private static bool IsCode(string line) => line.StartsWith(new string(' ', Indent), StringComparison.Ordinal);
}

using System.Management.Automation.Language;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>What a newcomer would type in one go: an example of a cmdlet, or all blocks below one heading.</summary>
/// <param name="Source">The file, as the repository names it.</param>
/// <param name="Place">The heading, or the cmdlet and which of its examples.</param>
/// <param name="Language">What the blocks are.</param>
/// <param name="Blocks">The blocks, in order.</param>
internal sealed record Example(string Source, string Place, ExampleLanguage Language, IReadOnlyList<ExampleBlock> Blocks)
{
    /// <summary>Short enough to be told whole in the list of tests.</summary>
    public string Name =>
        Source.EndsWith("-Help.xml", StringComparison.Ordinal)
            ? Place
            : $"{Path.GetFileName(Source).Replace(".help.txt", string.Empty, StringComparison.Ordinal)}: {Place}";

    public string Text => string.Join('\n', Blocks.Select(block => block.Text));

    /// <summary>The statements, each with where it stands; fails where a block is no script.</summary>
    public IReadOnlyList<ExampleStatement> Statements()
    {
        var statements = new List<ExampleStatement>();
        foreach (var block in Blocks)
        {
            var script = Parser.ParseInput(block.Text, out _, out var errors);
            Assert.True(
                errors.Length == 0,
                $"{Name}, line {block.Line + (errors.FirstOrDefault()?.Extent.StartLineNumber ?? 1) - 1}: {errors.FirstOrDefault()?.Message}");
            statements.AddRange(
                script.EndBlock.Statements.Select(
                    statement => new ExampleStatement(this, block.Line + statement.Extent.StartLineNumber - 1, statement)));
        }

        return statements;
    }

    public override string ToString() => Name;
}

using System.Management.Automation.Language;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>
/// The examples that Get-Help shows for scripts: as it does, the first line is what is typed and the others are about it.
/// </summary>
internal static class ScriptExamples
{
    private static readonly string[] Scripts = ["build.ps1", "module/pipelines/Daily.ps1"];

    public static IEnumerable<Example> Find() =>
        from script in Scripts
        from example in Parser.ParseFile(RepositoryRoot.Combine(script), out _, out _).GetHelpContent().Examples.Index()
        let code = example.Item.Trim().Split('\n')[0].Trim()
        let line = Array.FindIndex(File.ReadAllLines(RepositoryRoot.Combine(script)), text => text.Trim() == code) + 1
        select new Example(script, $"example {example.Index + 1}", ExampleLanguage.PowerShell, [new ExampleBlock(line, code)]);
}

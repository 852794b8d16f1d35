using System.Collections;
using System.Management.Automation.Language;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>Examples.psd1: what texts take for granted and what they promise, as data.</summary>
internal static class ExampleNotes
{
    private static readonly Hashtable Content = Read();

    public static IReadOnlyList<ExampleNote> All { get; } = [.. Entries("Statements").Select(entry => new ExampleNote(entry))];

    /// <summary>What texts name that is not on this machine, and what stands for it.</summary>
    public static IReadOnlyList<(string From, string To)> Substitutions { get; } = [.. Entries("Substitutions").Select(
        entry => ((string)entry["From"]!, (string)entry["To"]!))];

    public static ExampleNote? Of(ExampleStatement statement) => All.SingleOrDefault(note => note.IsAbout(statement));

    private static IEnumerable<Hashtable> Entries(string key) => ((object[])Content[key]!).Cast<Hashtable>();

    private static Hashtable Read()
    {
        var file = RepositoryRoot.Combine("tests", "Module.Tests", "Help", "Examples", "Examples.psd1");
        var script = Parser.ParseFile(file, out _, out var errors);
        Assert.True(errors.Length == 0, $"{file}: {errors.FirstOrDefault()}");
        return (Hashtable)script.Find(node => node is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue();
    }
}

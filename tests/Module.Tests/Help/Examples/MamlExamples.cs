using System.Xml;
using System.Xml.Linq;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>The examples that Get-Help shows for cmdlets.</summary>
internal static class MamlExamples
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static IEnumerable<Example> Find() =>
        from file in Directory.GetFiles(RepositoryRoot.Combine("module", "en-US"), "*-Help.xml")
        from command in XDocument.Load(file, LoadOptions.SetLineInfo).Descendants(Command + "command")
        let name = command.Element(Command + "details")!.Element(Command + "name")!.Value
        from example in command.Descendants(Command + "example").Index()
        let code = example.Item.Element(Dev + "code")!
        select new Example(
            $"module/en-US/{Path.GetFileName(file)}", $"{name}, example {example.Index + 1}", ExampleLanguage.PowerShell,
            [new ExampleBlock(((IXmlLineInfo)code).LineNumber, code.Value)]);
}

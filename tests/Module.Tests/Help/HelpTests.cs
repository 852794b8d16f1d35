using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help;

public sealed class HelpTests : IDisposable
{
    private static readonly string HelpFile = RepositoryRoot.Combine("module", "en-US", "LoyaltyPipeline.dll-Help.xml");

    private readonly ModuleRunspace _session = new();

    private IReadOnlyList<CmdletInfo> Cmdlets => [.. _session.Run("Get-Command -Module LoyaltyPipeline").Succeeded().Output.Cast<CmdletInfo>()];

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_help_file_says_what_the_code_says()
    {
        var written = new MamlWriter(new XmlDocumentation(RepositoryRoot.ProjectOutput("src/LoyaltyPipeline", "LoyaltyPipeline.xml"))).Write(Cmdlets);
        if (Environment.GetEnvironmentVariable("UPDATE_HELP") == "1")
            File.WriteAllText(HelpFile, written);

        Assert.True(
            File.Exists(HelpFile) && File.ReadAllText(HelpFile).ReplaceLineEndings() == written.ReplaceLineEndings(),
            "module/en-US/LoyaltyPipeline.dll-Help.xml is out of date. Run these tests with UPDATE_HELP=1 and commit it.");
    }

    [Fact]
    public void Every_cmdlet_has_a_synopsis_a_description_a_syntax_outputs_and_examples()
    {
        foreach (var cmdlet in Cmdlets)
        {
            var help = HelpOf(cmdlet);

            Assert.DoesNotContain(cmdlet.Name + " ", TextOf(help, "Synopsis"), StringComparison.Ordinal);
            Assert.NotEmpty(TextOf(help, "Synopsis"));
            Assert.True(TextOf(help, "description").Length > 0, $"{cmdlet.Name} has no description: write <remarks>.");
            Assert.NotEmpty(Members(help, "syntax", "syntaxItem"));
            Assert.NotEmpty(Members(help, "inputTypes", "inputType"));
            Assert.Contains(Members(help, "relatedLinks", "navigationLink"), link => TextOf(link, "linkText") == "about_LoyaltyErrors");
            Assert.All(Members(help, "parameters", "parameter"), parameter => Assert.NotEmpty(TextOf(parameter, "defaultValue")));
            Assert.True(cmdlet.OutputType.Count > 0, $"{cmdlet.Name} has no [OutputType].");
            var examples = Members(help, "examples", "example").ToList();
            Assert.True(examples.Count > 0, $"{cmdlet.Name} has no example.");
            Assert.Contains(examples, example => TextOf(example, "code").Contains(cmdlet.Name, StringComparison.Ordinal));
            Assert.All(examples, example => AssertParameters(TextOf(example, "code")));
        }
    }

    [Fact]
    public void Every_parameter_is_described()
    {
        foreach (var cmdlet in Cmdlets)
        {
            var described = Members(HelpOf(cmdlet), "parameters", "parameter")
                .Where(parameter => TextOf(parameter, "description").Length > 0)
                .Select(parameter => TextOf(parameter, "name"));

            Assert.Equal(
                cmdlet.Parameters.Keys.Except(Cmdlet.CommonParameters, StringComparer.Ordinal).Order(StringComparer.Ordinal),
                described.Order(StringComparer.Ordinal));
        }
    }

    private static IEnumerable<PSObject> Members(PSObject help, string list, string item) =>
        help.Properties[list]?.Value is PSObject found && found.Properties[item]?.Value is { } items
            ? LanguagePrimitives.GetEnumerable(items)?.Cast<object>().Select(PSObject.AsPSObject) ?? [PSObject.AsPSObject(items)]
            : [];

    private static string TextOf(PSObject help, string property) => help.Properties[property]?.Value switch
    {
        null => string.Empty,
        IEnumerable paragraphs and not string => string.Join('\n', paragraphs.Cast<object>().Select(paragraph => TextOf(PSObject.AsPSObject(paragraph), "Text"))),
        var text => text.ToString()!.Trim(),
    };

    private PSObject HelpOf(CmdletInfo cmdlet) =>
        PSObject.AsPSObject(Assert.Single(_session.Run($"Get-Help {cmdlet.Name} -Full").Succeeded().Output));

    // Examples are run elsewhere; here one that is only bound there, or belongs to another cmdlet, must have parameters that there are.
    private void AssertParameters(string code)
    {
        var script = Parser.ParseInput(code, out _, out var errors);
        Assert.Empty(errors);
        foreach (var command in script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            var cmdlet = Cmdlets.SingleOrDefault(candidate => candidate.Name == command.GetCommandName());
            foreach (var parameter in command.CommandElements.OfType<CommandParameterAst>().Where(_ => cmdlet is not null))
                Assert.Contains(parameter.ParameterName, cmdlet!.Parameters.Keys);
        }
    }
}

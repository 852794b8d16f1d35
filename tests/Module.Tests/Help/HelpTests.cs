using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Xml.Linq;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help;

public sealed class HelpTests : IDisposable
{
    private const string HelpFile = "module/en-US/LoyaltyPipeline.dll-Help.xml";
    private const string ErrorTopic = "module/en-US/about_LoyaltyErrors.help.txt";

    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    private readonly ModuleRunspace _session = new();

    private IReadOnlyList<CmdletInfo> Cmdlets =>
        [.. _session.Run("Get-Command -Module LoyaltyPipeline").Succeeded().Output.Cast<CmdletInfo>()];

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task The_files_of_the_help_say_what_the_code_says()
    {
        var writer = RepositoryRoot.ProjectOutput("src/LoyaltyPipeline.HelpWriter", "LoyaltyPipeline.HelpWriter.dll");
        var documentation = Path.GetDirectoryName(RepositoryRoot.ProjectOutput("src/LoyaltyPipeline", "LoyaltyPipeline.xml"))!;

        var stale = await new PwshProcess().RunProgramAsync("dotnet", writer, RepositoryRoot.Path, documentation);

        Assert.True(stale is { ExitCode: 0, Output: "", Error: "" }, $"Out of date; a build writes them:\n{stale.Output}{stale.Error}");
    }

    // The build has written what is missing in a commit, and nobody would notice.
    [Fact]
    public async Task Help_is_committed_with_the_code_that_it_is_written_from()
    {
        var code = await ChangedAsync("src", "module/en-US/about_*.help.txt", $":!{ErrorTopic}");
        var help = await ChangedAsync(HelpFile, ErrorTopic, "docs/help");

        Assert.True(code.Length > 0 || help.Length == 0, $"The code is as committed, its help is not:\n{help}");
    }

    // Help is written from what the attributes say; the engine makes of them what a script gets.
    [Fact]
    public void Syntax_and_outputs_are_as_the_engine_has_them()
    {
        var written = XDocument.Load(RepositoryRoot.Combine(HelpFile)).Descendants(Command + "command")
            .ToDictionary(command => command.Element(Command + "details")!.Element(Command + "name")!.Value, StringComparer.Ordinal);

        Assert.Equal(Cmdlets.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal), written.Keys);
        foreach (var cmdlet in Cmdlets)
        {
            var command = written[cmdlet.Name];
            var sets = cmdlet.ParameterSets.OrderByDescending(set => set.IsDefault).ThenBy(set => set.Name, StringComparer.Ordinal);
            Assert.Equal(
                sets.Select(
                    set => (string[])[cmdlet.Name,
                        .. set.Parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name)).Select(Line)
                            .Order(StringComparer.Ordinal)]),
                command.Descendants(Command + "syntaxItem")
                    .Select(
                        item => (string[])[item.Element(Maml + "name")!.Value,
                            .. item.Elements(Command + "parameter").Select(Line).Order(StringComparer.Ordinal)]));
            Assert.Equal(
                cmdlet.OutputType.Select(output => output.Name),
                command.Descendants(Command + "returnValue").Select(output => output.Value));
        }
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

    private static async Task<string> ChangedAsync(params IEnumerable<string> paths)
    {
        Assert.SkipUnless(Path.Exists(RepositoryRoot.Combine(".git")), "This is no checkout.");
        var status = await new PwshProcess().RunProgramAsync("git", ["status", "--porcelain", "--", .. paths]);
        Assert.SkipUnless(status.ExitCode == 0, status.Error);
        return status.Output;
    }

    private static string Line(CommandParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var values = parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues);
        var position = parameter.Position < 0 ? "named" : $"{parameter.Position}";
        return $"{parameter.Name} {type.Name} {parameter.IsMandatory} {position} {parameter.ValueFromPipeline} {parameter.ValueFromPipelineByPropertyName} "
            + $"{parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()} {string.Join(", ", parameter.Aliases)} {string.Join(", ", values)}";
    }

    private static string Line(XElement parameter)
    {
        var type = parameter.Elements().Single(element => element.Name.LocalName == "type").Value;
        var values = parameter.Element(Command + "parameterValueGroup")?.Elements().Select(value => value.Value) ?? [];
        var pipeline = Attribute("pipelineInput");
        return $"{parameter.Element(Maml + "name")!.Value} {type} {(bool)parameter.Attribute("required")!} {Attribute("position")} {pipeline.Contains("ByValue", StringComparison.Ordinal)} {pipeline.Contains("ByPropertyName", StringComparison.Ordinal)} "
            + $"{(bool)parameter.Attribute("globbing")!} {Attribute("aliases").Replace("none", string.Empty, StringComparison.Ordinal)} {string.Join(", ", values)}";

        string Attribute(string name) => parameter.Attribute(name)!.Value;
    }

    private static IEnumerable<PSObject> Members(PSObject help, string list, string item) =>
        help.Properties[list]?.Value is PSObject found && found.Properties[item]?.Value is { } items
            ? LanguagePrimitives.GetEnumerable(items)?.Cast<object>().Select(PSObject.AsPSObject) ?? [PSObject.AsPSObject(items)]
            : [];

    private static string TextOf(PSObject help, string property) => help.Properties[property]?.Value switch
    {
        null => string.Empty,
        IEnumerable paragraphs
            and not string => string.Join(
                '\n', paragraphs.Cast<object>().Select(paragraph => TextOf(PSObject.AsPSObject(paragraph), "Text"))),
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

using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help;

public sealed partial class AboutTests : IDisposable
{
    private static readonly string ErrorTopic = RepositoryRoot.Combine("module", "en-US", "about_LoyaltyErrors.help.txt");

    private static readonly string Topic = RepositoryRoot.Combine("module", "en-US", "about_LoyaltyPipeline.help.txt");

    private static readonly string DeliveryTopic = RepositoryRoot.Combine("module", "en-US", "about_LoyaltyDelivery.help.txt");

    private static readonly string IntegrityTopic = RepositoryRoot.Combine("module", "en-US", "about_LoyaltyIntegrity.help.txt");

    private static readonly string AnomalyTopic = RepositoryRoot.Combine("module", "en-US", "about_LoyaltyAnomalies.help.txt");

    private readonly ModuleRunspace _session = new();

    [GeneratedRegex("\\b[A-Z][a-z]+-(?:Loyalty|Engagement|Segment|Pipeline)[A-Za-z]+\\b", RegexOptions.NonBacktracking)]
    private static partial Regex CmdletName { get; }

    [GeneratedRegex("^  (?<id>[A-Z][A-Za-z]+) \\(", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex ErrorId { get; }

    // The name, then what it means and what to do, line by line.
    [GeneratedRegex("^  (?<id>[A-Z][A-Za-z]+) \\(.+\n(?:    .+\n)+", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Entry { get; }

    [GeneratedRegex("\\[(?<text>[^\\]]+)\\]\\([^)]+\\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link { get; }

    [GeneratedRegex("\\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks { get; }

    [GeneratedRegex("error (?<id>[A-Z][a-z]+[A-Z][A-Za-z]+)", RegexOptions.NonBacktracking)]
    private static partial Regex NamedError { get; }

    [GeneratedRegex("(?:Has|Read|Text)(?:<[a-z?]+>)?\\(\"(?<name>[a-z0-9_]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex SettingName { get; }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_error_topic_has_every_id_and_no_other()
    {
        var ids = ErrorId.Matches(File.ReadAllText(ErrorTopic)).Select(match => match.Groups["id"].Value);

        Assert.Equal(Errors().Select(error => error.Id).Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void The_error_topic_says_of_each_what_a_script_is_told()
    {
        var entries = Entry.Matches(File.ReadAllText(ErrorTopic))
            .ToDictionary(entry => entry.Groups["id"].Value, entry => Blanks.Replace(entry.Value, " "), StringComparer.Ordinal);

        foreach (var (id, category, remedy) in Errors())
        {
            Assert.StartsWith($" {id} ({category}) ", entries[id], StringComparison.Ordinal);
            Assert.EndsWith($" {remedy} ", entries[id], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_runbook_has_every_id_with_what_to_do_and_no_other()
    {
        var runbook = File.ReadAllText(RepositoryRoot.Combine("docs", "runbook.md"));
        var sections = runbook.Split("\n## ")[1..].ToDictionary(section => section[..section.IndexOf('\n')], StringComparer.Ordinal);

        Assert.Equal(Errors().Select(error => error.Id).Order(StringComparer.Ordinal), sections.Keys);
        foreach (var (id, category, remedy) in Errors())
        {
            var plain = Link.Replace(sections[id], "${text}").Replace("\\", string.Empty, StringComparison.Ordinal);
            Assert.Contains($"**What to do.** {remedy}\n", plain, StringComparison.Ordinal);
            Assert.EndsWith(
                $"Category `{category}`; `Daily.ps1` ends with {(category == "ResourceBusy" ? 4 : 1)}.", plain.TrimEnd(), StringComparison.Ordinal);
            Assert.Contains($"[{id}](#{id.ToLowerInvariant()})", runbook, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Topics_name_only_cmdlets_errors_and_parameters_that_exist()
    {
        var cmdlets = _session.Run("Get-Command -Module LoyaltyPipeline").Succeeded().Output.Cast<CmdletInfo>()
            .ToDictionary(cmdlet => cmdlet.Name, StringComparer.Ordinal);
        var ids = Errors().Select(error => error.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var text in (string[])[File.ReadAllText(Topic), File.ReadAllText(DeliveryTopic), File.ReadAllText(IntegrityTopic),
            File.ReadAllText(AnomalyTopic), File.ReadAllText(ErrorTopic)])
        {
            Assert.All(CmdletName.Matches(text), match => Assert.Contains(match.Value, cmdlets.Keys));
            Assert.All(NamedError.Matches(text), match => Assert.Contains(match.Groups["id"].Value, ids));
            Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
            foreach (var command in Parser.ParseInput(Blocks(text), out _, out var errors)
                .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
            {
                Assert.Empty(errors);
                if (cmdlets.TryGetValue(command.GetCommandName() ?? string.Empty, out var cmdlet))
                    Assert.All(
                        command.CommandElements.OfType<CommandParameterAst>(),
                        parameter => Assert.Contains(parameter.ParameterName, cmdlet.Parameters.Keys));
            }
        }
    }

    [Fact]
    public void The_example_of_a_configuration_is_complete_and_can_be_read()
    {
        var yaml = Example(Topic, "sources:");
        File.WriteAllLines(_session.PathOf("pipeline.yml"), yaml);

        Assert.NotEmpty(_session.Run("Initialize-LoyaltyWarehouse -Warehouse ':memory:' -WhatIf").Succeeded().Output);
        foreach (var key in (string[])["sources:", "file:", "schema:", "guards:", "deletes:", "segment_moves:", "consumers:"])
            Assert.Contains(yaml, line => line.TrimStart().StartsWith(key, StringComparison.Ordinal));
        File.AppendAllText(_session.PathOf("pipeline.yml"), "unknown: 1\n");
        File.SetLastWriteTimeUtc(_session.PathOf("pipeline.yml"), DateTime.UtcNow.AddSeconds(2));
        Assert.Equal("ConfigInvalid", _session.Run("Initialize-LoyaltyWarehouse -Warehouse ':memory:' -WhatIf").ErrorId);
    }

    [Fact]
    public void The_example_of_consumers_has_every_setting_and_can_be_read()
    {
        var yaml = Example(DeliveryTopic, "consumers:");
        File.WriteAllLines(_session.PathOf("pipeline.yml"), yaml);

        Assert.NotEmpty(_session.Run("Initialize-LoyaltyWarehouse -Warehouse ':memory:' -WhatIf").Succeeded().Output);
        Assert.Equal(
            ["CustomerSuccess", "Marketing", "Partner"],
            _session.Run("(TabExpansion2 'Export-EngagementSegment ').CompletionMatches.ForEach{ $_.CompletionText }").Succeeded().Output);
        AssertHasSettings(yaml, 20, "Configuration", "Consumers", "ConsumerReader.cs");
    }

    [Fact]
    public void The_example_of_integrity_has_every_setting_and_can_be_read()
    {
        var yaml = Example(IntegrityTopic, "integrity:");
        File.WriteAllLines(_session.PathOf("pipeline.yml"), yaml);

        Assert.Contains(
            "own.closed_but_engaged",
            _session.Run("(TabExpansion2 'Test-PipelineIntegrity -Check own').CompletionMatches.ForEach{ $_.CompletionText }")
                .Succeeded().Output);
        AssertHasSettings(yaml, 15, "Configuration", "Integrity", "IntegrityReader.cs");
    }

    [Theory]
    [InlineData("about_LoyaltyPipeline", "pipeline.yml")]
    [InlineData("about_LoyaltyDelivery", "latest.json")]
    [InlineData("about_LoyaltyErrors", "GuardTripped")]
    [InlineData("about_LoyaltyIntegrity", "Daily.ps1")]
    [InlineData("about_LoyaltyAnomalies", "LevelShift")]
    public void Get_Help_finds_the_topic(string topic, string text) =>
        Assert.Contains(text, Assert.Single(_session.Run($"Get-Help {topic}").Succeeded().Output).ToString(), StringComparison.Ordinal);

    // Get-Help shows it in lists, where a second line is lost.
    [Fact]
    public void A_short_description_is_one_line()
    {
        foreach (var topic in Directory.GetFiles(RepositoryRoot.Combine("module", "en-US"), "about_*.help.txt"))
        {
            var lines = File.ReadAllLines(topic);
            var heading = Array.IndexOf(lines, "SHORT DESCRIPTION");
            Assert.True(heading > 0 && lines[heading + 1].Length > 4 && lines[heading + 2].Length == 0, topic);
        }
    }

    private static void AssertHasSettings(List<string> yaml, int atLeast, params string[] reader)
    {
        var text = File.ReadAllText(RepositoryRoot.Combine(["src", "LoyaltyPipeline.Core", .. reader]));
        var settings = SettingName.Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(settings.Count > atLeast, $"{settings.Count} settings");
        Assert.All(
            settings, setting => Assert.Contains(yaml, line => line.TrimStart().StartsWith($"{setting}:", StringComparison.Ordinal)));
    }

    // The lines of a configuration, from its first on.
    private static List<string> Example(string topic, string first)
    {
        var lines = File.ReadAllLines(topic);
        var start = Array.FindIndex(lines, line => line.Trim() == first);
        return [.. lines.Skip(start).TakeWhile(line => line.StartsWith("        ", StringComparison.Ordinal)).Select(line => line[8..])];
    }

    // What is indented by eight is script, but for the configuration, which is not.
    private static string Blocks(string text) => string.Join('\n', text.Split('\n')
        .Where(line => line.StartsWith("        ", StringComparison.Ordinal))
        .Select(line => line.Trim())
        .Where(
            line => CmdletName.IsMatch(line) && line.Contains(' ', StringComparison.Ordinal)
                && !line.StartsWith("try", StringComparison.Ordinal) && !line.EndsWith('.')));

    private List<(string Id, string Category, string Remedy)> Errors()
    {
        var cmdlet = Assert.IsAssignableFrom<CmdletInfo>(
            Assert.Single(_session.Run("Get-Command Initialize-LoyaltyWarehouse").Succeeded().Output));
        var module = cmdlet.ImplementingType.Assembly;
        var moduleErrors = module.GetType("LoyaltyPipeline.Runtime.ModuleErrors")!;
        var record = module.GetType("LoyaltyPipeline.Runtime.ErrorRecords")!.GetMethod("Of")!;
        var coreErrors = moduleErrors.GetFields()[0].FieldType.Assembly.GetType("LoyaltyPipeline.Core.Errors.LoyaltyErrors")!;
        var unexpected = (ErrorRecord)record.Invoke(null, [new FormatException()])!;
        var errors = new List<(string, string, string)>
        {
            (unexpected.FullyQualifiedErrorId, $"{unexpected.CategoryInfo.Category} and others", unexpected.ErrorDetails.RecommendedAction),
        };
        foreach (var field in ((Type[])[moduleErrors, coreErrors]).SelectMany(
            type => type.GetFields(BindingFlags.Public | BindingFlags.Static)))
        {
            dynamic definition = field.GetValue(null)!;
            var error = (ErrorRecord)record.Invoke(null, [(Exception)definition.Because("")])!;
            if (error.FullyQualifiedErrorId != unexpected.FullyQualifiedErrorId)
                errors.Add((error.FullyQualifiedErrorId, $"{error.CategoryInfo.Category}", error.ErrorDetails.RecommendedAction));
        }

        return errors;
    }
}

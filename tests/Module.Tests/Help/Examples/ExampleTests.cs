using System.Management.Automation;
using System.Management.Automation.Language;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>
/// Every example of Get-Help and every block of README, docs and about_ topics is run, statement by statement, as a newcomer would type it.
/// What there is to say about one beyond that it works stands in Examples.psd1.
/// </summary>
public sealed class ExampleTests(PreparedFolder prepared, ExampleServers servers)
    : IClassFixture<PreparedFolder>, IClassFixture<ExampleServers>
{
    public static TheoryData<string> Scripts =>
        [.. AllExamples.ByName.Where(example => example.Value.Language == ExampleLanguage.PowerShell).Select(example => example.Key)];

    public static TheoryData<string> Configurations =>
        [.. AllExamples.ByName.Where(example => example.Value.Language == ExampleLanguage.Configuration).Select(example => example.Key)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task An_example_does_what_its_text_says(string name)
    {
        var example = AllExamples.ByName[name];
        var statements = example.Statements();
        Assert.True(statements.Count > 0, $"{name} has no statement.");
        using var session = new ExampleSession(example, prepared, servers);
        string? missing = null;
        var given = statements.SelectMany(statement => ExampleNotes.Of(statement)?.Given ?? []).ToList();
        foreach (var script in given.Append(string.Empty))
            missing ??= await servers.MissingForAsync(script);
        if (missing is null)
            await session.PrepareAsync(given);
        foreach (var statement in statements)
        {
            var note = ExampleNotes.Of(statement);
            missing ??= note?.OnlyBound ?? await servers.MissingForAsync(statement.Text);
            if (missing is null)
                await RunAsync(session, statement, note);
            else
                Require(await session.BindAsync(statement.Text), statement);
        }

        Assert.SkipWhen(missing is not null && missing != ExampleNotes.Of(statements[^1])?.OnlyBound, missing ?? string.Empty);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_configuration_can_be_read(string name)
    {
        var example = AllExamples.ByName[name];
        using var session = new ModuleRunspace();
        foreach (var block in example.Blocks)
        {
            File.WriteAllText(session.PathOf("pipeline.yml"), block.Text);
            var result = session.Run("Initialize-LoyaltyWarehouse -Warehouse ':memory:' -WhatIf");
            Assert.True(
                result.TerminatingError is null, $"{example.Source}, line {block.Line} ({example.Place}): {result.TerminatingError}");
        }
    }

    // Errors of the module have a remedy, others have not; strict scripts ask all the same.
    [Theory]
    [InlineData("about_LoyaltyPipeline: JOBS THAT NOBODY WATCHES", "Import-LoyaltySource")]
    [InlineData("about_LoyaltyErrors: LONG DESCRIPTION", "Invoke-LoyaltyMerge")]
    public async Task A_catch_block_tells_of_every_error(string name, string failing)
    {
        var example = AllExamples.ByName[name];
        var statements = example.Statements();
        var upToCatch = statements.TakeWhile(statement => statement.Ast is not TryStatementAst)
            .Append(statements.First(statement => statement.Ast is TryStatementAst));
        var script = string.Join('\n', upToCatch.Select(statement => statement.Text));
        using var session = new ExampleSession(example, prepared, servers);

        await session.PrepareAsync([$"function {failing} {{ [int] 'no number' }}"]);
        var foreign = (await session.RunAsync(script)).Succeeded();
        await session.PrepareAsync([$"Remove-Item function:{failing}", "Disconnect-LoyaltyWarehouse"]);
        var own = (await session.RunAsync(script)).Succeeded();

        Assert.Equal("InvalidCastFromStringToInteger", foreign.Output[0]);
        Assert.Equal(
            $"WarehouseNotConnected,LoyaltyPipeline.Commands.{failing.Replace("-", string.Empty, StringComparison.Ordinal)}Command",
            own.Output[0]);
        Assert.Contains(own.Output.OfType<string>(), text => text.Contains("Connect-LoyaltyWarehouse", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_note_is_about_an_example()
    {
        var statements = AllExamples.ByName.Values.Where(example => example.Language == ExampleLanguage.PowerShell)
            .SelectMany(example => example.Statements()).ToList();

        Assert.All(
            ExampleNotes.All,
            note => Assert.True(statements.Exists(note.IsAbout), $"Examples.psd1: there is no example any more that says {note}"));
        Assert.All(ExampleNotes.All, note => Assert.True(note.UnknownKey is null, $"Examples.psd1: what is {note.UnknownKey} of {note}?"));
    }

    [Fact]
    public void Pages_of_the_help_are_not_run_a_second_time()
    {
        Assert.True(File.Exists(RepositoryRoot.Combine("docs", "help", "Get-LoyaltyRun.md")));
        Assert.DoesNotContain(AllExamples.ByName.Values, example => example.Source.StartsWith("docs/help/", StringComparison.Ordinal));
    }

    private static async Task RunAsync(ExampleSession session, ExampleStatement statement, ExampleNote? note)
    {
        var before = session.Files();
        var result = await session.RunAsync(statement.Text);
        var after = session.Files();
        var emitted = result.Records.Where(record => record.Stream == StreamKind.Output).Select(record => (PSObject?)record.Value)
            .OfType<PSObject>().ToList();

        Require(
            result.Errors.Append(result.TerminatingError).OfType<ErrorRecord>()
                .Select(error => $"error {error.FullyQualifiedErrorId}: {error}"), statement);
        Require(UnexpectedWarnings(result, note), statement);
        Require(WrongKinds(session, statement, emitted), statement);
        var (least, most) = note?.Count ?? (statement.Emits ? 1 : 0, int.MaxValue);
        Require(
            emitted.Count < least || emitted.Count > most ? [$"it emits {emitted.Count} objects, not {Range(least, most)}"] : [],
            statement);
        Require(
            (note?.Files ?? [])
                .Where(file => !after.TryGetValue(file, out var time) || (before.TryGetValue(file, out var was) && was == time))
                .Select(file => $"it does not write {file}"), statement);
        Require(statement.IsPlan ? after.Keys.Except(before.Keys).Select(file => $"it writes {file}, with -WhatIf") : [], statement);
        Require(await session.FailedAsync(emitted, note?.Holds ?? []), statement);
    }

    private static IEnumerable<string> UnexpectedWarnings(ScriptResult result, ExampleNote? note)
    {
        var pattern = new WildcardPattern(note?.Warns ?? string.Empty);
        var unexpected = result.Warnings.Where(warning => !pattern.IsMatch(warning)).Select(warning => $"warning: {warning}");
        return note?.Warns is not null && result.Warnings.Count == 0 ? unexpected.Append($"it does not warn: {note.Warns}") : unexpected;
    }

    // Objects of a cmdlet are of the kinds that its help names.
    private static IEnumerable<string> WrongKinds(ExampleSession session, ExampleStatement statement, List<PSObject> emitted) =>
        statement.LastCommand is { } name && session.OutputTypes(name) is { Count: > 0 } kinds
            ? emitted.Where(value => !kinds.Any(kind => kind.IsInstanceOfType(value.BaseObject)))
                .Select(value => $"it emits a {value.BaseObject.GetType().Name}").Distinct(StringComparer.Ordinal)
            : [];

    private static string Range(int least, int most) => most switch
    {
        int.MaxValue => $"{least} or more",
        _ when least == most => $"{least}",
        _ => $"{least} to {most}",
    };

    private static void Require(IEnumerable<string> faults, ExampleStatement statement)
    {
        var found = string.Join('\n', faults);
        Assert.True(found.Length == 0, $"{statement.Where}\n{found}");
    }
}

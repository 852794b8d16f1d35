using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Delivery.Clearing;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Segments;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance.Grammar;

/// <summary>
/// Every statement that a full run sends to Snowflake, and every one of the deployment script, is Snowflake's grammar, as somebody else has
/// written it down.
/// </summary>
public sealed partial class GrammarTests
{
    private static readonly SyntheticDataOptions Sample = new() { Users = 60, Days = 60, Dirty = true };

    private static CancellationToken Token => EngineWarehouse.Token;

    [Fact]
    public async Task Every_statement_is_Snowflakes_grammar()
    {
        await using var test = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);
        await RunAsync(test);
        string[] statements = [.. test.Server!.Statements.Select(statement => statement.Text), .. DeploymentStatements(test)];
        statements = [.. statements.Select(WithoutBinds)];
        var shapes = new StatementShapes(test.Pipeline.Catalog, statements);
        Assert.Empty(
            UnknownGrammar.All.Where(unknown => !statements.Any(unknown.IsIn))
                .Select(unknown => $"{unknown.Name}: no statement has it any more."));
        var chosen = shapes.Choose(statements, CheckedShapes.Read().Contains);
        if (chosen.Count == 0)
            return;

        await Sqlfluff.RequireAsync(Token);
        var refused = await Sqlfluff.FindErrorsAsync(chosen, Token);
        // Where there is something that sqlfluff cannot know, the rest of the statement is checked all the same.
        var rewritten = refused.Keys.ToDictionary(
            statement => UnknownGrammar.All.Aggregate(statement, (text, unknown) => unknown.Replace(text)), statement => statement,
            StringComparer.Ordinal);
        var wrong = await Sqlfluff.FindErrorsAsync([.. rewritten.Keys], Token);

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong.Select(error => $"{error.Value}\n{rewritten[error.Key]}")));
        if (!TestDepth.IsFull)
            return;

        Assert.Empty(
            UnknownGrammar.All.Where(unknown => !refused.Keys.Any(unknown.IsIn))
                .Select(unknown => $"{unknown.Name}: no statement needs it any more."));
        CheckedShapes.Write(statements.SelectMany(shapes.PartsOf));
    }

    /// <summary>Everything that the cmdlets do.</summary>
    private static async Task RunAsync(EngineWarehouse test)
    {
        using var landing = new TemporaryFolder();
        using var deliveries = new TemporaryFolder();
        await new SyntheticDataWriter(test.Pipeline).WriteFilesAsync(
            landing.Path, Sample, compress: false, replace: false, test.Reporter, Token);
        await PipelineConformanceTests.RunAsync(test, landing.Path, deliveries.Path, Sample.LastDay);
        await ReadAsync(test);

        await new DeliveryCleaner(test.Pipeline).ClearAsync(
            test.Warehouse,
            new ClearOptions(
                test.Pipeline.Config.Consumers["Marketing"] with { Destination = deliveries.Path }, Sample.LastDay.AddDays(1),
                TimeSpan.Zero), test.Reporter, Token);
        await EraseAsync(test, landing.Path, deliveries.Path);
        await test.ExecuteAsync("ALTER TABLE LOYALTY.HISTORY DROP COLUMN REGION_NAME");
        Assert.NotEmpty(await test.InitializeAsync());
        await using var session = await test.Warehouse.OpenSessionAsync(Token);
        await Assert.ThrowsAsync<LoyaltyException>(
            () => session.LoadAsync(
                "LOYALTY.NOTHING", ["A"], Directory.EnumerateFiles(landing.Path, "*", SearchOption.AllDirectories).First(), Token));
    }

    private static async Task EraseAsync(EngineWarehouse test, string landing, string folder)
    {
        var reporter = new RecordingReporter();
        Assert.NotEmpty(await new UserExporter(test.Pipeline).ExportAsync(test.Warehouse, 1, folder, wait: null, reporter, Token));
        Assert.NotEmpty(await new UserEraser(test.Pipeline).EraseAsync(test.Warehouse, new EraseOptions([1, 2], folder), reporter, Token));
        foreach (var group in new LandingFolder(test.Pipeline.Catalog, _ => { }).Find(landing, table: null))
            await new SourceImporter(test.Pipeline).ImportAsync(
                test.Warehouse, group.Key, [.. group], new ImportOptions(MaxRejected: TestWarehouse.AnyNumber), reporter, Token);
        await test.ExecuteAsync("INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (1, DATE '2026-06-01', 1)");
        await new MergeRunner(test.Pipeline).RunAsync(test.Warehouse, new MergeOptions(Sample.LastDay, Force: true), reporter, Token);
        await new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, new IntegrityOptions(), reporter, Token);
        Assert.NotEmpty(await new UserEraser(test.Pipeline).ReleaseAsync(test.Warehouse, new EraseOptions([1]), reporter, Token));
    }

    private static async Task ReadAsync(EngineWarehouse test)
    {
        var history = new HistoryReader(test.Pipeline.Catalog);
        var reporter = new RecordingReporter();
        Assert.NotEmpty(await history.ReadVersionsAsync(test.Warehouse, new VersionQuery([1, 2], First: 5), Token).ToListAsync(Token));
        Assert.NotEmpty(await history.ReadVersionsAsync(test.Warehouse, new VersionQuery([], Sample.LastDay), Token).ToListAsync(Token));
        Assert.NotEmpty(
            await history.ReadChangesAsync(test.Warehouse, new ChangeQuery(Sample.LastDay.AddDays(-3), Sample.LastDay, ["*"], []), Token)
                .ToListAsync(Token));
        Assert.NotEmpty(
            await QuarantineReader
                .ReadAsync(
                    test.Warehouse, new QuarantineQuery(SourceTables: ["DW_A.USER_PROFILE"], OpenOnly: true, First: 3), reporter, Token)
                    .ToListAsync(Token));
        var run =
            (await RunReader.ReadAsync(
                test.Warehouse, new RunQuery(Kinds: [RunKind.Merge], Statuses: [RunStatus.Succeeded], RunDate: Sample.LastDay, Last: 1), reporter,
                Token))[0];
        Assert.NotEmpty(await RunReader.ReadAsync(test.Warehouse, new RunQuery([run.RunId]), reporter, Token));
        Assert.NotEmpty(await DeliveryReader.ReadAsync(test.Warehouse, new DeliveryQuery(["Marketing"], Last: 1), reporter, Token));
        Assert.Equal([run.RunId], await RunReader.FindAsync(test.Warehouse, [run.RunId], reporter, Token));
        Assert.Equal(["Marketing"], await DeliveryReader.FindConsumersAsync(test.Warehouse, ["Market*"], [], reporter, Token));
        Assert.NotEmpty(await DeliveryReader.FindIdsAsync(test.Warehouse, ["*"], reporter, Token));
        await HistoryReader.ReportMissingAsync(test.Warehouse, [1, 2], reporter, Token);
        await SegmentReader.ReportMissingAsync(test.Warehouse, ["(none)"], reporter, Token);
        Assert.Empty(reporter.Missing);
        Assert.NotEmpty(
            await SegmentReader.ReadAsync(test.Warehouse, new SegmentQuery(EngagementSegment.HighlyEngaged, First: 1), Token)
                .ToListAsync(Token));
    }

    private static IEnumerable<string> DeploymentStatements(EngineWarehouse test)
    {
        var script = DeploymentScript.Write(
            test.Pipeline, test.Warehouse.Dialect.Engine, new DeploymentTarget(IncludeSources: true));
        // What is to be completed by hand stands in comments, and in <…>.
        var templates = Template().Matches(script)
            .Select(match => Blank().Replace(match.Groups["sql"].Value.Replace("\n-- ", "\n", StringComparison.Ordinal), "name")).ToList();
        Assert.NotEmpty(templates);
        return EndOfStatement().Split(script).Concat(templates);
    }

    private static string WithoutBinds(string statement) => Bind().Replace(statement, match => match.Value == "?" ? "0" : match.Value);

    [GeneratedRegex(@";[ ]*(?=\n|\z)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfStatement();

    [GeneratedRegex(
        "^-- (?<sql>(CREATE|ALTER|GRANT) [^;]+);", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Template();

    [GeneratedRegex("<[^>]+>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blank();

    [GeneratedRegex(@"'(?:[^']|'')*'|--[^\n]*|\?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bind();
}

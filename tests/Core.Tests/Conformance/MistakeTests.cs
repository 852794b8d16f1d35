using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using LoyaltyPipeline.SnowflakeSupport.Faults;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>
/// A statement that fails is laid at the door of who wrote it, on every engine: the script, the data, or whoever ended the statement.
/// </summary>
public sealed class MistakeTests : IDisposable
{
    private const string Views = "COALESCE(help.HELP_VIEWS_30D, 0)";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Engines => EngineWarehouse.All;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_cannot_be_planned_is_a_mistake_of_the_script(string engine)
    {
        await using var test = await CreateAsync(engine, "COALESCE(help.NO_SUCH_COLUMN, 0)");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => MergeAsync(test));

        Assert.Equal(LoyaltyErrors.MasterScriptInvalid, error.Definition);
        Assert.Equal(test.Pipeline.MasterScriptPath, error.Target);
        Assert.Contains("NO_SUCH_COLUMN", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_value_that_cannot_be_digested_is_not(string engine)
    {
        await using var test = await CreateAsync(engine, "CAST(users.REGION_CODE AS INTEGER)");

        Assert.Equal(LoyaltyErrors.QueryFailed, (await Assert.ThrowsAsync<LoyaltyException>(() => MergeAsync(test))).Definition);
    }

    [Fact]
    public async Task A_statement_that_takes_longer_than_it_may_is_not()
    {
        await using var test = await CreateAsync(SnowflakeDialect.Name, Views);
        test.Server!.AddFault(new Fault(FaultKind.Hang) { TextContains = "MERGE_MASTER AS" });
        await using var impatient = await EngineWarehouse.ConnectAsync(
            test.Server, settings => settings with { StatementTimeout = TimeSpan.FromSeconds(1) });

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => new MergeRunner(test.Pipeline).RunAsync(
                impatient, new MergeOptions(new DateOnly(2024, 3, 31)), test.Reporter, EngineWarehouse.Token));

        Assert.Equal(LoyaltyErrors.QueryCancelled, error.Definition);
        Assert.Contains("STATEMENT_TIMEOUT_IN_SECONDS", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Of_a_check_it_says_what_the_query_lacks_and_not_which_value_it_fails_on(string engine)
    {
        await using var test = await CreateAsync(engine, Views);
        await MergeAsync(test);
        await test.ExecuteAsync("UPDATE LOYALTY.MASTER SET FULL_NAME = 'Jane: Doe: of Nowhere'");
        Configure(
            test, "lacks: {description: lacks a table, query: SELECT * FROM NO_SUCH_TABLE}",
            "fails: {description: fails on a row, query: SELECT CAST(FULL_NAME AS INTEGER) AS N FROM LOYALTY.MASTER}",
            "sound: {description: is sound, query: SELECT 1 AS N WHERE FALSE}");

        var results = (await CheckAsync(test)).ToDictionary(result => result.CheckId, StringComparer.Ordinal);

        Assert.Equal(
            (CheckStatus.Error, CheckStatus.Error, CheckStatus.Passed),
            (results["own.lacks"].Status, results["own.fails"].Status, results["own.sound"].Status));
        Assert.Contains("NO_SUCH_TABLE", results["own.lacks"].Message, StringComparison.Ordinal);
        Assert.StartsWith("QueryFailed: ", results["own.fails"].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Jane", results["own.fails"].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NO_BODY")]
    [InlineData("EXPLAIN USING TEXT SELECT COUNT(*) FROM (SELECT 'NO_BODY'")]
    public async Task A_check_that_somebody_cancels_is_an_error_alone(string statement)
    {
        await using var test = await CreateAsync(SnowflakeDialect.Name, Views);
        await MergeAsync(test);
        Configure(
            test, "hunted: {description: is cancelled, query: SELECT 'NO_BODY' AS N WHERE FALSE}",
            "sound: {description: is sound, query: SELECT 1 AS N WHERE FALSE}");
        test.Server!.AddFault(new Fault(FaultKind.Cancelled) { TextContains = statement });

        var results = await CheckAsync(test);

        Assert.StartsWith(
            "QueryCancelled: ", Assert.Single(results, result => result.Status == CheckStatus.Error).Message, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Passed, results.Single(result => result.CheckId == "own.sound").Status);
    }

    [Theory]
    [InlineData(@"SELECT 'x\' || ' AS A) AS q; DELETE FROM LOYALTY.SUPPRESSION; SELECT * FROM (SELECT 1 --'")]
    [InlineData(@"SELECT 'x\' || ') AS q ->> DELETE FROM LOYALTY.SUPPRESSION ->> SELECT * FROM (SELECT 1 --'")]
    public async Task A_text_that_Snowflake_reads_otherwise_than_it_was_understood_is_never_put_into_a_statement(string query)
    {
        await using var test = await CreateAsync(SnowflakeDialect.Name, Views);
        await MergeAsync(test);
        Configure(
            test, $"odd: {{description: is odd, query: {System.Text.Json.JsonSerializer.Serialize(query)}}}",
            "sound: {description: is sound, query: SELECT 1 AS N FROM LOYALTY.MASTER WHERE FALSE}");

        var results = (await CheckAsync(test)).ToDictionary(result => result.CheckId, StringComparer.Ordinal);

        Assert.Equal((CheckStatus.Error, CheckStatus.Passed), (results["own.odd"].Status, results["own.sound"].Status));
        Assert.DoesNotContain(
            test.Server!.Statements, statement => statement.Text.Contains("DELETE FROM LOYALTY.SUPPRESSION", StringComparison.Ordinal));
        Assert.Contains(
            test.Server.Statements,
            statement => statement.Binds.Any(
                bind => bind.Value?.Contains("DELETE FROM LOYALTY.SUPPRESSION", StringComparison.Ordinal) == true));
    }

    private async Task<EngineWarehouse> CreateAsync(string engine, string views)
    {
        var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE (USER_ID, REGION_CODE, ACCOUNT_TYPE, ACCOUNT_STATUS, MARKETING_CONSENT, SIGNED_UP_AT, UPDATED_AT) VALUES (1, 'EU', 'standard', 'active', TRUE, '2023-01-01', '2024-01-01')");
        var script = Path.Combine(_folder.Path, "Master_Table.sql");
        var text = await File.ReadAllTextAsync(test.Pipeline.MasterScriptPath, EngineWarehouse.Token);
        Assert.Contains(Views, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(script, text.Replace(Views, views, StringComparison.Ordinal), EngineWarehouse.Token);
        test.Pipeline = test.Pipeline with { MasterScriptPath = script };
        return test;
    }

    private void Configure(EngineWarehouse test, params string[] checks)
    {
        var path = Path.Combine(_folder.Path, "pipeline.yml");
        File.WriteAllText(
            path,
            $"guards: {{stale_sources: false}}\nintegrity:\n  own_checks:\n{string.Concat(checks.Select(check => $"    {check}\n"))}");
        test.Pipeline = PipelineLoader.Load(Repository.SqlFolder, path);
    }

    private static Task<IReadOnlyList<CheckResult>> CheckAsync(EngineWarehouse test) =>
        new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, new IntegrityOptions(), test.Reporter, EngineWarehouse.Token);

    private static Task<MergeResult> MergeAsync(EngineWarehouse test) =>
        new MergeRunner(test.Pipeline).RunAsync(
            test.Warehouse, new MergeOptions(new DateOnly(2024, 3, 31)), test.Reporter, EngineWarehouse.Token);
}

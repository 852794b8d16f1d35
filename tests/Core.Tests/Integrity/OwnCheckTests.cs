using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Samples;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>Checks that <c>pipeline.yml</c> declares, run: what they find is judged like any other, and one that cannot be run fails alone.</summary>
public sealed class OwnCheckTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>, IDisposable
{
    // Ends by itself, but in no time that a test would wait.
    private const string Endless = "SELECT COUNT(*) AS N FROM range(100000000) AS a, range(100000000) AS b WHERE (a.range * b.range) % 7 = 8";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("query: SELECT USER_ID FROM LOYALTY.MASTER WHERE USER_ID < 0", CheckStatus.Passed, 0)]
    [InlineData("query: SELECT USER_ID FROM LOYALTY.MASTER WHERE USER_ID IN (SELECT MIN(USER_ID) FROM LOYALTY.MASTER)", CheckStatus.Failed, 1)]
    [InlineData("warn: 0, query: SELECT 1 AS N UNION ALL SELECT 2", CheckStatus.Warning, 2)]
    [InlineData("warn: 0, error: 1, query: SELECT 1 AS N UNION ALL SELECT 2", CheckStatus.Failed, 2)]
    [InlineData("warn: 0, error: 99%, table: LOYALTY.MASTER, query: SELECT * FROM LOYALTY.MASTER", CheckStatus.Failed, 600)]
    public async Task What_a_query_yields_is_judged(string check, CheckStatus status, int violations)
    {
        var result = Assert.Single(await RunAsync($"odd: {{description: is odd, {check}}}"), result => result.CheckId == "own.odd");

        Assert.Equal((status, violations), (result.Status, result.Violations));
        Assert.Contains("is odd", result.Message, StringComparison.Ordinal);
        Assert.Equal(Math.Min(violations, 5), result.Sample.Count);
    }

    [Fact]
    public async Task Texts_of_columns_that_are_not_known_are_masked()
    {
        var result = Assert.Single(
            await RunAsync("odd: {description: is odd, query: \"SELECT 7 AS N, 'a name' AS WHO, 'EMEA' AS REGION_CODE, DATE '2026-01-02' AS D, NULL AS X\"}"), result => result.CheckId == "own.odd");

        var row = Assert.Single(result.Sample);
        Assert.Contains("N=7", row, StringComparison.Ordinal);
        Assert.Contains("REGION_CODE=EMEA", row, StringComparison.Ordinal);
        Assert.Contains("D=2026-01-02", row, StringComparison.Ordinal);
        Assert.Contains("X=NULL", row, StringComparison.Ordinal);
        Assert.DoesNotContain("a name", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CAST(EMAIL AS INTEGER)")]
    [InlineData("strptime(EMAIL, '%Y')")]
    [InlineData("error(EMAIL)")]
    public async Task A_value_that_a_query_fails_on_is_not_shown(string expression)
    {
        var result = Assert.Single(await RunAsync($"odd: {{description: is odd, query: \"SELECT {expression} AS N FROM LOYALTY.MASTER WHERE EMAIL IS NOT NULL\"}}"), result => result.CheckId == "own.odd");

        Assert.Equal(CheckStatus.Error, result.Status);
        Assert.StartsWith("QueryFailed: ", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("@", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queries_that_cannot_be_run_are_errors_alone()
    {
        var results = await RunAsync($$"""
            broken: {description: does not parse, query: SELECT FROM WHERE}
                unknown: {description: reads what is not there, query: SELECT * FROM NO_SUCH_TABLE}
                endless: {description: has no end, query: "{{Endless}}", timeout_seconds: 1}
                writes: {description: writes, query: "WITH A AS (INSERT INTO LOYALTY.MASTER (USER_ID) VALUES (1) RETURNING *) SELECT * FROM A"}
                divides: {description: fails on a row, query: "SELECT CAST('x' || USER_ID AS INTEGER) AS N FROM LOYALTY.MASTER", timeout_seconds: 30}
                sound: {description: is sound, query: SELECT 1 WHERE FALSE}
            """);

        Assert.Equal(
            ["own.broken Error", "own.divides Error", "own.endless Error", "own.sound Passed", "own.unknown Error", "own.writes Error"],
            results.Where(result => result.CheckId.StartsWith("own.", StringComparison.Ordinal)).Select(result => $"{result.CheckId} {result.Status}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(results, result => result.Status is not (CheckStatus.Passed or CheckStatus.Skipped) && !result.CheckId.StartsWith("own.", StringComparison.Ordinal));
        Assert.Contains("more than 1 s", results.Single(result => result.CheckId == "own.endless").Message, StringComparison.Ordinal);
        Assert.Contains("NO_SUCH_TABLE", results.Single(result => result.CheckId == "own.unknown").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_looked_up_only_where_there_are_more_than_are_let_pass()
    {
        const string FailsWhenRead = "\"SELECT CAST('x' || USER_ID AS INTEGER) AS N FROM LOYALTY.MASTER\"";
        var results = await RunAsync($$"""
            lenient: {description: lets pass, query: {{FailsWhenRead}}, warn: 1000000, error: 1000000}
                strict: {description: lets nothing pass, query: {{FailsWhenRead}}}
            """);

        Assert.Equal(CheckStatus.Passed, results.Single(result => result.CheckId == "own.lenient").Status);
        Assert.Equal(CheckStatus.Error, results.Single(result => result.CheckId == "own.strict").Status);
    }

    [Fact]
    public async Task An_error_of_one_check_leaves_the_warehouse_as_it_was()
    {
        await using var test = await clean.CopyAsync();
        var before = await test.RowsAsync("SELECT COUNT(*), SUM(USER_ID) FROM LOYALTY.MASTER");

        await RunAsync("writes: {description: writes, query: SELECT * FROM LOYALTY.MASTER WHERE USER_ID IN (SELECT 1 FROM NO_SUCH_TABLE)}", test);

        Assert.Equal(before, await test.RowsAsync("SELECT COUNT(*), SUM(USER_ID) FROM LOYALTY.MASTER"));
        Assert.Equal(["Succeeded"], await test.RowsAsync("SELECT STATUS FROM LOYALTY.RUN WHERE KIND = 'Test'"));
        Assert.Equal(["1"], await test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.CHECK_RESULT WHERE CHECK_ID = 'own.writes' AND STATUS = 'Error'"));
    }

    private async Task<IReadOnlyList<CheckResult>> RunAsync(string checks)
    {
        await using var test = await clean.CopyAsync();
        return await RunAsync(checks, test);
    }

    private Task<IReadOnlyList<CheckResult>> RunAsync(string checks, TestWarehouse test)
    {
        var path = Path.Combine(_folder.Path, "pipeline.yml");
        File.WriteAllText(path, $"integrity:\n  own_checks:\n    {checks}\n");
        test.Pipeline = PipelineDefinition.Load(Repository.SqlFolder, path);
        return new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, new IntegrityOptions(), test.Reporter, TestWarehouse.Token);
    }
}

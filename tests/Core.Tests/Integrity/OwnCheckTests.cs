using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>
/// Checks that <c>pipeline.yml</c> declares, run: what they find is judged like any other, and one that cannot be run fails alone.
/// </summary>
public sealed class OwnCheckTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>, IDisposable
{
    // Ends by itself, but in no time that a test would wait.
    private const string Endless =
        "SELECT COUNT(*) AS N FROM range(100000000) AS a, range(100000000) AS b WHERE (a.range * b.range) % 7 = 8";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("query: SELECT USER_ID FROM LOYALTY.MASTER WHERE USER_ID < 0", CheckStatus.Passed, 0)]
    [InlineData(
        "query: SELECT USER_ID FROM LOYALTY.MASTER WHERE USER_ID IN (SELECT MIN(USER_ID) FROM LOYALTY.MASTER)", CheckStatus.Failed, 1)]
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
    public async Task Texts_are_masked_but_for_keys_whatever_a_column_is_called()
    {
        // A key is written as K, a number as #.
        (string Query, string Row)[] cases =
        [
            (
                "SELECT 7 AS N, 'a name' AS WHO, 'EMEA' AS REGION_CODE, DATE '2026-01-02' AS D, NULL AS X",
                "N=#, WHO=***, REGION_CODE=***, D=2026-01-02, X=NULL"),
            (
                "SELECT 'infinity'::DATE AS D, '-infinity'::DATE AS E, 'infinity'::TIMESTAMP AS T",
                "D=infinity, E=-infinity, T=a time outside the years 1 to 9999"),
            ("SELECT EMAIL AS REGION_CODE, USER_ID FROM LOYALTY.MASTER", "REGION_CODE=***, USER_ID=#"),
            ("SELECT REGION_CODE, COUNTRY FROM DW_C.REGION_METADATA", "REGION_CODE=K, COUNTRY=***"),
            (
                "SELECT R.REGION_CODE AS CODE, M.REGION_CODE FROM DW_C.REGION_METADATA AS R JOIN LOYALTY.MASTER AS M ON TRUE",
                "CODE=K, REGION_CODE=***"),
            (
                "WITH A AS (SELECT REGION_CODE AS C, REGION_NAME AS N FROM DW_C.REGION_METADATA) SELECT C, N FROM (SELECT * FROM A) AS b",
                "C=K, N=***"),
            ("SELECT REGION_CODE || '' AS REGION_CODE FROM DW_C.REGION_METADATA", "REGION_CODE=***"),
            ("SELECT REGION_CODE FROM DW_C.REGION_METADATA UNION ALL SELECT EMAIL FROM LOYALTY.MASTER", "REGION_CODE=***"),
            ("SELECT LENGTH(EMAIL) AS N, USER_ID + 0 AS U FROM LOYALTY.MASTER", "N=***, U=#"),
            ("SELECT N, U FROM (SELECT ASCII(q.EMAIL) AS N, q.USER_ID AS U FROM (SELECT * FROM LOYALTY.MASTER) AS q) AS p", "N=***, U=#"),
            ("SELECT (SELECT MAX(ASCII(EMAIL)) FROM LOYALTY.MASTER) AS N, LENGTH(#2) AS L FROM LOYALTY.MASTER", "N=***, L=***"),
        ];

        var results = await RunOwnAsync(cases.Select(one => one.Query));

        Assert.All(cases.Zip(results), pair =>
        {
            Assert.True(pair.Second.Sample.Count > 0, pair.Second.Message);
            var pattern = System.Text.RegularExpressions.Regex.Escape(pair.First.Row)
                .Replace("=K", "=[A-Z]{2}-[A-Z]+", StringComparison.Ordinal).Replace(@"=\#", "=[0-9]+", StringComparison.Ordinal)
                .Replace(@"=\*\*\*", @"=(\*\*\*|NULL)", StringComparison.Ordinal);
            Assert.All(pair.Second.Sample, row => Assert.Matches($@"\A{pattern}\z", row));
        });
    }

    [Fact]
    public async Task What_is_no_table_of_the_warehouse_or_its_sources_is_not_read()
    {
        // Were they read, they would be found: the engine takes a name like a path for a file.
        var secret = Path.Combine(_folder.Path, "secret.csv");
        await File.WriteAllTextAsync(secret, "N\n1\n", TestWarehouse.Token);
        (string Query, string Named)[] cases =
        [
            ($"SELECT * FROM '{secret}'", secret),
            ($"SELECT * FROM \"{secret}\"", secret),
            ("SELECT * FROM secret.csv", "secret.csv"),
            ($"WITH \"{secret}\" AS (SELECT * FROM \"{secret}\") SELECT 1 FROM \"{secret}\"", secret),
            ("WITH duckdb_settings AS (SELECT * FROM duckdb_settings) SELECT * FROM duckdb_settings", "duckdb_settings"),
            ("SELECT * FROM (WITH duckdb_settings AS (SELECT 1) SELECT * FROM duckdb_settings) AS a, duckdb_settings", "duckdb_settings"),
            ("SELECT * FROM information_schema.tables", "information_schema.tables"),
            ("SELECT * FROM pg_catalog.pg_class", "pg_catalog.pg_class"),
            ("SELECT * FROM system.main.duckdb_tables", "system.main.duckdb_tables"),
            ("SELECT * FROM NO_SUCH_TABLE", "NO_SUCH_TABLE"),
        ];

        var results = await RunOwnAsync(cases.Select(one => one.Query));

        Assert.All(cases.Zip(results), pair => Assert.Equal(
            (
                CheckStatus.Error,
                $"QueryRefused: The query reads {pair.First.Named}, which is no table or view of the warehouse or of its sources."),
                (pair.Second.Status, pair.Second.Message)));
    }

    [Fact]
    public async Task Tables_and_views_of_the_warehouse_are_read()
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync("CREATE TABLE MY_OWN (N INTEGER); CREATE SCHEMA OTHER; CREATE VIEW OTHER.MY_VIEW AS SELECT * FROM MY_OWN");
        string[] tables = ["LOYALTY.HISTORY_SNAPSHOT", "loyalty.segment_trend", "warehouse_file.LOYALTY.MASTER", "DW_C.REGION_METADATA",
            "MY_OWN", "main.MY_OWN", "OTHER.MY_VIEW"];

        var results = await RunOwnAsync(tables.Select(table => $"SELECT 1 AS N FROM {table} WHERE FALSE"), test);

        Assert.All(results, result => Assert.True(result.Status == CheckStatus.Passed, result.Message));
    }

    [Theory]
    [InlineData("CAST(EMAIL AS INTEGER)")]
    [InlineData("strptime(EMAIL, '%Y')")]
    [InlineData("error(EMAIL)")]
    public async Task A_value_that_a_query_fails_on_is_not_shown(string expression)
    {
        var result = Assert.Single(
            await RunAsync(
                $"odd: {{description: is odd, query: \"SELECT {expression} AS N FROM LOYALTY.MASTER WHERE EMAIL IS NOT NULL\"}}"),
                result => result.CheckId == "own.odd");

        Assert.Equal(CheckStatus.Error, result.Status);
        Assert.StartsWith("QueryFailed: ", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("@", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queries_that_cannot_be_run_are_errors_alone()
    {
        var results = await RunAsync($$"""
            unknown: {description: reads what is not there, query: SELECT * FROM NO_SUCH_TABLE}
                endless: {description: has no end, query: "{{Endless}}", timeout_seconds: 1}
                lacks: {description: reads a column that is not there, query: SELECT NO_SUCH_COLUMN FROM LOYALTY.MASTER}
                divides: {description: fails on a row, query: "SELECT CAST('x' || USER_ID AS INTEGER) AS N FROM LOYALTY.MASTER", timeout_seconds: 30}
                sound: {description: is sound, query: SELECT 1 WHERE FALSE}
            """);

        Assert.Equal(
            ["own.divides Error", "own.endless Error", "own.lacks Error", "own.sound Passed", "own.unknown Error"],
            results.Where(result => result.CheckId.StartsWith("own.", StringComparison.Ordinal))
                .Select(result => $"{result.CheckId} {result.Status}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(
            results,
            result => result.Status is not (CheckStatus.Passed or CheckStatus.Skipped)
                && !result.CheckId.StartsWith("own.", StringComparison.Ordinal));
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

        await RunAsync(
            "writes: {description: writes, query: SELECT * FROM LOYALTY.MASTER WHERE USER_ID IN (SELECT 1 FROM NO_SUCH_TABLE)}", test);

        Assert.Equal(before, await test.RowsAsync("SELECT COUNT(*), SUM(USER_ID) FROM LOYALTY.MASTER"));
        Assert.Equal(["Succeeded"], await test.RowsAsync("SELECT STATUS FROM LOYALTY.RUN WHERE KIND = 'Test'"));
        Assert.Equal(
            ["1"], await test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.CHECK_RESULT WHERE CHECK_ID = 'own.writes' AND STATUS = 'Error'"));
    }

    private async Task<IReadOnlyList<CheckResult>> RunOwnAsync(IEnumerable<string> queries)
    {
        await using var test = await clean.CopyAsync();
        return await RunOwnAsync(queries, test);
    }

    // In the order of the queries, and no check but theirs.
    private async Task<IReadOnlyList<CheckResult>> RunOwnAsync(IEnumerable<string> queries, TestWarehouse test)
    {
        var checks = queries.Select(
            (query, index) => $"odd_{index:00}: {{description: is odd, query: {System.Text.Json.JsonSerializer.Serialize(query)}}}\n    ");
        Configure(string.Concat(checks), test);
        var results = await new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions { Checks = ["own.*"] }, test.Reporter, TestWarehouse.Token);
        return [.. results.OrderBy(result => result.CheckId, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<CheckResult>> RunAsync(string checks)
    {
        await using var test = await clean.CopyAsync();
        return await RunAsync(checks, test);
    }

    private Task<IReadOnlyList<CheckResult>> RunAsync(string checks, TestWarehouse test)
    {
        Configure(checks, test);
        return new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, new IntegrityOptions(), test.Reporter, TestWarehouse.Token);
    }

    private void Configure(string checks, TestWarehouse test)
    {
        var path = Path.Combine(_folder.Path, "pipeline.yml");
        File.WriteAllText(path, $"integrity:\n  own_checks:\n    {checks}\n");
        test.Pipeline = PipelineLoader.Load(Repository.SqlFolder, path);
    }
}

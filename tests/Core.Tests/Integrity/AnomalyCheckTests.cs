using System.Globalization;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>The suite Anomalies on a warehouse whose metrics have a past.</summary>
public sealed class AnomalyCheckTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_past_every_check_says_that_there_is_not_enough_history()
    {
        await using var test = await clean.CopyAsync();

        var results = await RunAsync(test);

        Assert.Equal(
            MetricNames.Of(test.Pipeline.Catalog, test.Pipeline.Config.Consumers.Values).Select(metric => $"anomaly.{metric}"),
            results.Select(result => result.CheckId));
        Assert.All(results, result => Assert.Equal(CheckStatus.Skipped, result.Status));
        Assert.All(results, result => Assert.Contains("not enough history", result.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_past_like_the_day_all_pass()
    {
        await using var test = await WithPastAsync();

        var results = await RunAsync(test);

        Assert.All(results, result => Assert.Equal((result.CheckId, CheckStatus.Passed), (result.CheckId, result.Status)));
    }

    [Theory]
    [InlineData("METRIC = 'users' AND REGION_CODE IN ('*', 'DE-ALL')", "VALUE - 300", "anomaly.users", "Drop")]
    [InlineData(
        "METRIC = 'users.highly_engaged' AND REGION_CODE = 'DE-ALL'", "VALUE + 300", "anomaly.users.highly_engaged", "DE-ALL: Spike")]
    [InlineData("METRIC = 'mean_score' AND REGION_CODE = '*'", "VALUE * 0.8", "anomaly.mean_score", "Drop")]
    [InlineData("METRIC = 'null_share.email'", "0.5", "anomaly.null_share.email", "Spike")]
    [InlineData("METRIC = 'source_rows.DW_A.USER_ACTIVITY'", "VALUE * 3 + 100", "anomaly.source_rows.DW_A.USER_ACTIVITY", "Spike")]
    [InlineData("METRIC = 'quarantined'", "500", "anomaly.quarantined", "Spike")]
    [InlineData("METRIC = 'run_seconds'", "500", "anomaly.run_seconds", "Spike")]
    [InlineData("METRIC LIKE 'delivery_rows.Marketing%'", "VALUE + 300", "anomaly.delivery_rows.Marketing.HighlyEngaged", "Spike")]
    public async Task An_unusual_figure_is_a_warning_of_its_check_alone(string where, string value, string check, string said)
    {
        await using var test = await WithPastAsync();
        await test.ExecuteAsync($"UPDATE LOYALTY.METRIC SET VALUE = {value} WHERE RUN_DATE = '{Iso(CleanWarehouse.LastDay)}' AND {where}");

        var results = await RunAsync(test);

        var result = Assert.Single(results, result => result.Status != CheckStatus.Passed);
        Assert.Equal((check, CheckStatus.Warning), (result.CheckId, result.Status));
        Assert.StartsWith(said, result.Message, StringComparison.Ordinal);
        Assert.NotEmpty(result.Sample);
        Assert.NotEmpty(await test.RowsAsync(result.Sql!));
    }

    [Fact]
    public async Task Fewer_rejected_rows_and_quicker_runs_are_no_reason_for_alarm()
    {
        await using var test = await WithPastAsync("VALUE + 400");
        await test.ExecuteAsync($"DELETE FROM LOYALTY.METRIC WHERE METRIC NOT IN ('quarantined', 'run_seconds')");

        var results = await RunAsync(test);

        Assert.Equal(
            ["anomaly.quarantined", "anomaly.run_seconds"],
            results.Where(result => result.Status == CheckStatus.Passed).Select(result => result.CheckId));
    }

    [Fact]
    public async Task The_message_names_the_parts_that_moved()
    {
        await using var test = await WithPastAsync();
        await test.ExecuteAsync(
            $"""
            UPDATE LOYALTY.METRIC SET VALUE = VALUE - CASE WHEN METRIC = 'users' AND REGION_CODE = '*' THEN 200 WHEN REGION_CODE = 'DE-ALL' THEN 150 ELSE 50 END
            WHERE RUN_DATE = '{Iso(CleanWarehouse.LastDay)}' AND (METRIC = 'users' AND REGION_CODE IN ('*', 'DE-ALL', 'US-EAST'))
            """);

        var result = Assert.Single(await RunAsync(test), result => result.CheckId == "anomaly.users");

        // What was expected of each is not known to the user.
        Assert.Matches(@"most of it from DE-ALL -1(49|50)[.\d]* \(7\d%\), US-EAST -(49|50)[.\d]* \(2\d%\)$", result.Message);
    }

    [Fact]
    public async Task Rejected_rows_are_told_apart_by_source()
    {
        await using var test = await WithPastAsync();
        await test.ExecuteAsync(
            $"UPDATE LOYALTY.METRIC SET VALUE = 90 WHERE RUN_DATE = '{Iso(CleanWarehouse.LastDay)}' AND METRIC IN ('quarantined', 'quarantined.DW_B.SUPPORT_CALLS')");

        var result = Assert.Single(await RunAsync(test), result => result.CheckId == "anomaly.quarantined");

        Assert.Contains("DW_B.SUPPORT_CALLS +90 (100%)", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null_share.email", 0.02, CheckStatus.Passed)]
    [InlineData("null_share.email", 0.2, CheckStatus.Warning)]
    [InlineData("mean_score", 1, CheckStatus.Passed)]
    [InlineData("mean_score", 5, CheckStatus.Warning)]
    public async Task Of_fifty_users_one_moves_no_share_and_no_mean_but_ten_do(string metric, double change, CheckStatus status)
    {
        await using var test = await WithPastAsync();
        await test.ExecuteAsync("UPDATE LOYALTY.METRIC SET VALUE = 50 WHERE METRIC = 'users'");
        await test.ExecuteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE LOYALTY.METRIC SET VALUE = VALUE + {change} WHERE RUN_DATE = '{Iso(CleanWarehouse.LastDay)}' AND METRIC = '{metric}' AND REGION_CODE = '*'"));

        var result = Assert.Single(await RunAsync(test), result => result.CheckId == $"anomaly.{metric}");

        Assert.Equal((status, result.Message), (result.Status, result.Message));
    }

    [Fact]
    public async Task A_holiday_is_passed_over()
    {
        await using var test = await WithPastAsync();
        var path = Path.Combine(_folder.Path, "pipeline.yml");
        await File.WriteAllTextAsync(path, $"integrity: {{holidays: [{Iso(CleanWarehouse.LastDay)}]}}", TestWarehouse.Token);
        test.Pipeline = PipelineLoader.Load(Repository.SqlFolder, path);

        var result = Assert.Single(await RunAsync(test), result => result.CheckId == "anomaly.users");

        Assert.Equal(CheckStatus.Skipped, result.Status);
        Assert.Contains("is a holiday", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warehouse_without_metrics_is_an_error_of_each_check()
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync("DROP TABLE LOYALTY.METRIC");

        var results = await RunAsync(test);

        Assert.All(results, result => Assert.Equal(CheckStatus.Error, result.Status));
        Assert.All(results, result => Assert.Contains("METRIC", result.Message, StringComparison.Ordinal));
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<IReadOnlyList<CheckResult>> RunAsync(TestWarehouse test) =>
        new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions { Suites = [CheckSuite.Anomalies] }, test.Reporter, TestWarehouse.Token);

    // Days that were like the newest, give or take a thousandth; enough of them to have ends of months, as the newest is one.
    private async Task<TestWarehouse> WithPastAsync(string value = "VALUE")
    {
        var test = await clean.CopyAsync();
        await test.ExecuteAsync(
            $"""
            DELETE FROM LOYALTY.METRIC WHERE RUN_DATE < '{Iso(CleanWarehouse.LastDay)}';
            INSERT INTO LOYALTY.METRIC
            SELECT CAST(RUN_DATE - CAST(d.range AS INTEGER) AS DATE), METRIC, REGION_CODE, ({value}) * (1 + 0.001 * SIN(d.range * 12.9898))
            FROM LOYALTY.METRIC, range(1, 131) AS d
            """);
        return test;
    }
}

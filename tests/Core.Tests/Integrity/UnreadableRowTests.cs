using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>A row of the pipeline's own logs that is not as it must be costs what needs it, and nothing else.</summary>
public sealed class UnreadableRowTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    private const string LastDay = "(SELECT MAX(RUN_DATE) FROM LOYALTY.METRIC)";

    // What the fault costs, beside the checks of the catalog that find it.
    public static TheoryData<string, string> Metrics => new()
    {
        { $"INSERT INTO LOYALTY.METRIC SELECT * FROM LOYALTY.METRIC WHERE RUN_DATE = {LastDay} AND METRIC = 'quarantined' AND REGION_CODE = '*'", "anomaly.quarantined" },
        { $"UPDATE LOYALTY.METRIC SET VALUE = NULL WHERE RUN_DATE = {LastDay} AND METRIC = 'null_share.email'",
            "anomaly.null_share.email" },
        { $"UPDATE LOYALTY.METRIC SET REGION_CODE = NULL WHERE RUN_DATE = {LastDay} AND METRIC = 'users.engaged' AND REGION_CODE = 'DE-ALL'", "anomaly.users.engaged" },
        { $"UPDATE LOYALTY.METRIC SET RUN_DATE = NULL WHERE RUN_DATE = {LastDay} AND METRIC = 'run_seconds'", "anomaly.run_seconds" },
        { $"ALTER TABLE LOYALTY.METRIC ALTER VALUE TYPE DOUBLE; UPDATE LOYALTY.METRIC SET VALUE = 'inf'::DOUBLE WHERE RUN_DATE = {LastDay} AND METRIC = 'run_seconds'", "anomaly.run_seconds" },
        { $"ALTER TABLE LOYALTY.METRIC ALTER VALUE TYPE DOUBLE; UPDATE LOYALTY.METRIC SET VALUE = 'nan'::DOUBLE WHERE RUN_DATE = {LastDay} AND METRIC = 'null_share.email'", "anomaly.null_share.email" },
        { $"UPDATE LOYALTY.METRIC SET METRIC = NULL WHERE RUN_DATE = {LastDay} AND METRIC = 'run_seconds'", "" },
    };

    [Theory]
    [MemberData(nameof(Metrics))]
    public async Task A_bad_figure_costs_the_checks_that_are_judged_by_it(string fault, string check)
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync(fault);

        var results = await RunAsync(test, new IntegrityOptions { Suites = [CheckSuite.Anomalies] });

        var errors = results.Where(result => result.Status == CheckStatus.Error).ToList();
        Assert.Equal(check, string.Join(' ', errors.Select(result => result.CheckId)));
        Assert.All(errors, result => Assert.StartsWith("LogRowUnreadable: ", result.Message, StringComparison.Ordinal));
        Assert.All(errors, result => Assert.Contains("LOYALTY.METRIC", result.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_counted_twice_cost_what_is_judged_by_users_too()
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync(
            $"INSERT INTO LOYALTY.METRIC SELECT * FROM LOYALTY.METRIC WHERE RUN_DATE = {LastDay} AND METRIC = 'users' AND REGION_CODE = '*'");

        var results = await RunAsync(test, new IntegrityOptions { Suites = [CheckSuite.Anomalies] });

        Assert.All(results, result => Assert.Equal(
            (
                result.CheckId,
                result.CheckId == "anomaly.users" || result.CheckId == "anomaly.mean_score"
                    || result.CheckId.StartsWith("anomaly.null_share.", StringComparison.Ordinal)),
            (result.CheckId, result.Status == CheckStatus.Error)));
    }

    [Theory]
    [InlineData("CHECK_RESULT", "CHECK_ID = NULL")]
    [InlineData("CHECK_RESULT", "STATUS = 'Splendid'")]
    [InlineData("CHECK_RESULT", "RUN_ID = NULL")]
    [InlineData("RUN", "STATUS = NULL")]
    [InlineData("RUN", "KIND = 'Dance'")]
    [InlineData("RUN", "RUN_ID = NULL")]
    [InlineData("RUN", "STARTED_AT = NULL")]
    [InlineData("SNAPSHOT", "SNAPSHOT_DATE = NULL")]
    [InlineData("DELIVERY", "SEGMENT = 'Everybody'")]
    [InlineData("DELIVERY", "AUDIENCE = NULL")]
    public async Task A_bad_row_is_found_by_a_check_and_all_others_are_made(string table, string fault)
    {
        await using var test = await clean.CopyAsync();
        var before = await RunAsync(test, new IntegrityOptions { Checks = ["*.unique"] });
        await test.ExecuteAsync($"UPDATE LOYALTY.{table} SET {fault} WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.{table})");

        var results = await RunAsync(test, new IntegrityOptions { Tables = [table, "METRIC", "MASTER"] });

        Assert.Contains(results, result => result.Status == CheckStatus.Failed && result.Table == $"LOYALTY.{table}");
        Assert.DoesNotContain(results, result => result.Status == CheckStatus.Error);
        Assert.True(before.Count > 10, $"{before.Count} checks");
    }

    [Theory]
    [InlineData("RUN", "STATUS = 'Splendid'", "has a STATUS that is none of Succeeded, Refused, Failed, Cancelled")]
    [InlineData("RUN", "SECONDS = NULL", "has no SECONDS")]
    [InlineData("RUN", "RUN_ID = NULL", "The row of LOYALTY.RUN with RUN_ID NULL has no RUN_ID")]
    [InlineData("DELIVERY", "DELIVERY_MODE = '1'", "has a DELIVERY_MODE that is none of Full, Diff")]
    [InlineData("DELIVERY", "AUDIENCE = NULL", "has no AUDIENCE")]
    [InlineData("DELIVERY_FILE", "BYTES = NULL", "has no BYTES")]
    public async Task The_others_are_read_and_the_bad_one_is_named(string table, string fault, string said)
    {
        await using var test = await clean.CopyAsync();
        var runs = (await RunReader.ReadAsync(test.Warehouse, new RunQuery(), test.Reporter, TestWarehouse.Token)).Count;
        await test.ExecuteAsync($"UPDATE LOYALTY.{table} SET {fault} WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.{table})");

        var found = (
            (await RunReader.ReadAsync(test.Warehouse, new RunQuery(), test.Reporter, TestWarehouse.Token)).Count,
            (await DeliveryReader.ReadAsync(test.Warehouse, new DeliveryQuery(), test.Reporter, TestWarehouse.Token)).Count);

        Assert.Equal((table == "RUN" ? runs - 1 : runs, table == "DELIVERY" ? 1 : 2), found);
        var failure = Assert.Single(test.Reporter.Missing);
        Assert.Equal(("LogRowUnreadable", $"LOYALTY.{table}"), (failure.ErrorId, failure.Target));
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Splendid", failure.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<CheckResult>> RunAsync(TestWarehouse test, IntegrityOptions options) =>
        new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, options, test.Reporter, TestWarehouse.Token);
}

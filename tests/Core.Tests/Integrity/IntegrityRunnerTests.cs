using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>What a test run chooses, keeps, shows and leaves alone.</summary>
public sealed class IntegrityRunnerTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    private const string Unique = "LOYALTY.MASTER.unique";
    private const string Duplicate =
        "INSERT INTO LOYALTY.MASTER SELECT * FROM LOYALTY.MASTER WHERE USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.MASTER)";
    private const string NoDuplicate = "DELETE FROM LOYALTY.MASTER WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.MASTER)";

    [Fact]
    public async Task A_result_says_since_when_its_check_has_not_passed()
    {
        await using var test = await clean.CopyAsync();
        var sound = await OneAsync(test);
        await test.ExecuteAsync(Duplicate);
        var first = await OneAsync(test);
        var second = await OneAsync(test);
        await test.ExecuteAsync(NoDuplicate);
        var repaired = await OneAsync(test);
        await test.ExecuteAsync(Duplicate);
        var again = await OneAsync(test);

        Assert.Equal((CheckStatus.Passed, null), (sound.Status, sound.FailedSince));
        Assert.Equal((CheckStatus.Failed, first.CheckedAt), (first.Status, first.FailedSince));
        Assert.Equal((CheckStatus.Failed, first.CheckedAt), (second.Status, second.FailedSince));
        Assert.True(second.CheckedAt > first.CheckedAt);
        Assert.Equal((CheckStatus.Passed, null), (repaired.Status, repaired.FailedSince));
        Assert.Equal((CheckStatus.Failed, again.CheckedAt), (again.Status, again.FailedSince));
    }

    [Fact]
    public async Task Results_are_kept_as_they_are_returned()
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync(Duplicate);
        var results = await RunAsync(test, new IntegrityOptions { Suites = [CheckSuite.Master] });

        Assert.Equal(
            results.Select(
                result => $"{result.RunId}|{result.CheckId}|{result.Suite}|{result.Table ?? "NULL"}|{result.Column ?? "NULL"}|{result.Status}|{result.Message}|{result.Violations?.ToString() ?? "NULL"}|{result.Threshold}|{(result.Sample.Count == 0 ? "NULL" : string.Join('\n', result.Sample))}|{(result.Status == CheckStatus.Passed ? null : result.Sql) ?? "NULL"}"),
            await test.RowsAsync(
                "SELECT RUN_ID, CHECK_ID, SUITE, TABLE_NAME, COLUMN_NAME, STATUS, MESSAGE, VIOLATIONS, THRESHOLD, VIOLATION_SAMPLE, VIOLATION_QUERY FROM LOYALTY.CHECK_RESULT ORDER BY rowid"));
        Assert.Contains(results, result => result is { Sample.Count: > 0, Sql: not null });
        Assert.Equal(
            [$"{results[0].RunId}|Test|Succeeded"],
            await test.RowsAsync("SELECT RUN_ID, KIND, STATUS FROM LOYALTY.RUN WHERE KIND = 'Test'"));
        Assert.Equal(
            ["Scan", "References", "Check"],
            await test.RowsAsync($"SELECT STEP FROM LOYALTY.RUN_STEP WHERE RUN_ID = '{results[0].RunId}' ORDER BY STEP_NUMBER"));
    }

    [Fact]
    public async Task Nothing_is_kept_where_that_is_not_wanted()
    {
        await using var test = await clean.CopyAsync();
        var results = await RunAsync(test, new IntegrityOptions { KeepResults = false });

        Assert.True(results.Count > 400, $"{results.Count} results");
        Assert.Equal(
            ["0|0"],
            await test.RowsAsync(
                "SELECT (SELECT COUNT(*) FROM LOYALTY.CHECK_RESULT), (SELECT COUNT(*) FROM LOYALTY.RUN WHERE KIND = 'Test')"));
    }

    [Fact]
    public async Task The_sql_of_a_result_yields_all_violating_rows_and_the_sample_some()
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync(
            "INSERT INTO LOYALTY.MASTER SELECT * FROM LOYALTY.MASTER WHERE USER_ID IN (SELECT USER_ID FROM LOYALTY.MASTER ORDER BY USER_ID LIMIT 9)");

        var result = await OneAsync(test, new IntegrityOptions { Checks = [Unique], Sample = 3 });

        Assert.Equal(3, result.Sample.Count);
        Assert.All(result.Sample, key => Assert.StartsWith("USER_ID=", key, StringComparison.Ordinal));
        // Each of the nine keys stands in two rows.
        Assert.Equal(18, (await test.RowsAsync(result.Sql!)).Count);
        Assert.Empty((await OneAsync(test, new IntegrityOptions { Checks = [Unique], Sample = 0 })).Sample);
    }

    [Fact]
    public async Task Checks_are_chosen_by_suite_id_and_table()
    {
        await using var test = await clean.CopyAsync();

        var sources = await RunAsync(test, new IntegrityOptions { Suites = [CheckSuite.Sources] });
        var profile = await RunAsync(test, new IntegrityOptions { Suites = [CheckSuite.Sources], Tables = ["user_profile"] });
        var keys = await RunAsync(test, new IntegrityOptions { Checks = ["*.UNIQUE", "loyalty.master.account_type.*"] });
        var both = await RunAsync(test, new IntegrityOptions { Checks = ["*.unique"], Tables = ["DW_A.*"] });

        Assert.All(sources, result => Assert.Equal(CheckSuite.Sources, result.Suite));
        Assert.All(profile, result => Assert.Equal("DW_A.USER_PROFILE", result.Table));
        Assert.InRange(profile.Count, 10, sources.Count - 1);
        Assert.All(
            keys,
            result => Assert.True(
                result.CheckId.EndsWith(".unique", StringComparison.Ordinal)
                    || result.CheckId.StartsWith("LOYALTY.MASTER.ACCOUNT_TYPE.", StringComparison.Ordinal), result.CheckId));
        Assert.Contains(keys, result => result.CheckId == Unique);
        Assert.NotEmpty(both);
        Assert.All(both, result => Assert.StartsWith("DW_A.", result.Table, StringComparison.Ordinal));
        Assert.All(both, result => Assert.EndsWith(".unique", result.CheckId, StringComparison.Ordinal));
    }

    // One that is not made must not look like one that passed.
    [Fact]
    public async Task That_no_check_is_left_is_an_error()
    {
        await using var test = await clean.CopyAsync();

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => RunAsync(test, new IntegrityOptions { Suites = [CheckSuite.History], Tables = ["USER_PROFILE"] }));

        Assert.Equal("CheckUnknown", error.ErrorId);
    }

    [Fact]
    public async Task Results_come_suite_by_suite()
    {
        await using var test = await clean.CopyAsync();

        var suites = (await RunAsync(test, new IntegrityOptions { KeepResults = false })).Select(result => result.Suite).ToList();

        Assert.Equal(suites.Order(), suites);
    }

    [Theory]
    [InlineData("LOYALTY.MASTER.uniqe", null)]
    [InlineData("nothing*", null)]
    [InlineData(null, "MASTERS")]
    public async Task What_fits_no_check_is_an_error(string? check, string? table)
    {
        await using var test = await clean.CopyAsync();
        var options = new IntegrityOptions { Checks = check is null ? [] : [check], Tables = table is null ? [] : [table] };

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => RunAsync(test, options));

        Assert.Equal("CheckUnknown", error.ErrorId);
        Assert.Contains(check ?? table!, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MASTER")]
    [InlineData("CHECK_RESULT")]
    public async Task A_warehouse_without_one_of_its_tables_says_so(string table)
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync($"DROP TABLE LOYALTY.{table}");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => RunAsync(test, new IntegrityOptions()));

        Assert.Equal("WarehouseNotInitialized", error.ErrorId);
        Assert.Contains(table, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_run_and_merges_do_not_wait_for_each_other()
    {
        await using var test = await clean.CopyAsync();
        await using var reader = await test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        await reader.BeginReadAsync(TestWarehouse.Token);
        Assert.Equal(
            CleanWarehouse.Days,
            await Core.Engines.WarehouseSessionExtensions.CountAsync(reader, "SELECT COUNT(*) FROM LOYALTY.SNAPSHOT", TestWarehouse.Token));

        // The snapshot of the reader stands open from here to the end.
        var merged = await test.MergeAsync(CleanWarehouse.LastDay.AddDays(1), force: true);
        var results = await RunAsync(test, new IntegrityOptions { Suites = [CheckSuite.Master] });

        Assert.Equal(600, merged.Users);
        Assert.Contains(results, result => result.CheckId == Unique);
        Assert.Equal(
            CleanWarehouse.Days,
            await Core.Engines.WarehouseSessionExtensions.CountAsync(reader, "SELECT COUNT(*) FROM LOYALTY.SNAPSHOT", TestWarehouse.Token));
    }

    [Fact]
    public async Task Checks_beside_merges_see_one_state()
    {
        await using var test = await clean.CopyAsync();
        using var done = new CancellationTokenSource();
        var merges = Task.Run(async () =>
        {
            for (var day = 1; day <= 3; day++)
                await test.MergeAsync(CleanWarehouse.LastDay.AddDays(day), force: true);
            await done.CancelAsync();
        }, TestWarehouse.Token);

        var runs = 0;
        while (!done.IsCancellationRequested)
        {
            // Were the days and their users read at different moments, these would not agree.
            var results = await RunAsync(test, new IntegrityOptions { Suites = [CheckSuite.History], KeepResults = false });
            Assert.DoesNotContain(results, result => result.Status is CheckStatus.Failed or CheckStatus.Error);
            runs++;
        }

        await merges;
        Assert.True(runs > 1, $"{runs} runs");
    }

    [Theory]
    [InlineData(CheckStatus.Passed, CheckFailureLevel.Warning, false)]
    [InlineData(CheckStatus.Skipped, CheckFailureLevel.Warning, false)]
    [InlineData(CheckStatus.Warning, CheckFailureLevel.Error, false)]
    [InlineData(CheckStatus.Warning, CheckFailureLevel.Warning, true)]
    [InlineData(CheckStatus.Failed, CheckFailureLevel.Error, true)]
    [InlineData(CheckStatus.Error, CheckFailureLevel.Error, true)]
    public void The_level_decides_what_is_an_error(CheckStatus status, CheckFailureLevel level, bool fails)
    {
        var result = new CheckResult
        {
            RunId = "r",
            CheckId = "a.check",
            Suite = CheckSuite.Master,
            Status = status,
            Message = "why",
            Threshold = "error > 0",
            CheckedAt = DateTime.UnixEpoch,
        };

        var error = Record.Exception(() => CheckVerdict.Demand([result], level)) as LoyaltyException;

        Assert.Equal(fails ? "IntegrityFailed" : null, error?.ErrorId);
        Assert.True(error is null || error.Message.Contains("a.check (why)", StringComparison.Ordinal), error?.Message);
    }

    private static async Task<CheckResult> OneAsync(TestWarehouse test, IntegrityOptions? options = null) =>
        Assert.Single(await RunAsync(test, options ?? new IntegrityOptions { Checks = [Unique] }));

    private static Task<IReadOnlyList<CheckResult>> RunAsync(TestWarehouse test, IntegrityOptions options) =>
        new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, options, test.Reporter, TestWarehouse.Token);
}

using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Undoing;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Undoing;

/// <summary>What checks and deliveries make of a day that was taken back.</summary>
public sealed class UndoneDayTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    private const string Reconciled = "LOYALTY.RUN_SOURCE.reconciled";

    [Theory]
    [InlineData(0, null)]
    [InlineData(-2, "LOYALTY.SNAPSHOT.calendar")]
    [InlineData(-5, null)]
    public async Task Checks_find_nothing_but_that_a_day_in_between_is_missing(int daysLater, string? warning)
    {
        await using var test = await clean.CopyAsync();
        // Something is rejected each day, so that there is something to take back.
        await test.ExecuteAsync("INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (999999, DATE '2024-01-01', 50)");
        for (var day = 1 - CleanWarehouse.Days; day <= 0; day++)
            await test.MergeAsync(CleanWarehouse.LastDay.AddDays(day), force: true);
        var before = await FindAsync(test);

        var result = await UndoAsync(test, daysLater);

        Assert.Equal(1, result.Quarantined);
        Assert.Equal(before.Concat(warning is null ? [] : [warning]).Order(StringComparer.Ordinal), await FindAsync(test));
        // And so it is when the day has been written again.
        await test.MergeAsync(CleanWarehouse.LastDay.AddDays(daysLater), force: true);
        Assert.Equal(before, await FindAsync(test));
    }

    [Fact]
    public async Task What_is_in_quarantine_is_held_against_runs_that_stand_and_those_that_do_not()
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync("INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (999999, DATE '2024-01-01', 50)");
        var taken = (await test.MergeAsync(CleanWarehouse.LastDay, force: true)).RunId;
        await UndoAsync(test, 0);
        var again = (await test.MergeAsync(CleanWarehouse.LastDay, force: true)).RunId;
        Assert.Equal(CheckStatus.Passed, (await CheckAsync(test, Reconciled)).Status);

        await test.ExecuteAsync($"UPDATE LOYALTY.QUARANTINE SET RUN_ID = '{taken}' WHERE RUN_ID = '{again}'");

        var check = await CheckAsync(test, Reconciled);
        Assert.Equal(CheckStatus.Failed, check.Status);
        Assert.Equal(
            new[] { $"{taken}: DW_A.ENGAGEMENT_SCORE", $"{again}: DW_A.ENGAGEMENT_SCORE" }.Order(StringComparer.Ordinal),
            check.Sample.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Volumes_of_a_day_that_was_taken_back_are_not_what_is_usual()
    {
        await using var test = await clean.CopyAsync();
        const string volume = "DW_C.REGION_METADATA.volume";
        await test.ExecuteAsync($"""
            UPDATE LOYALTY.RUN_SOURCE SET ROWS_READ = 5000 WHERE SOURCE_TABLE = 'DW_C.REGION_METADATA'
                AND RUN_ID = (SELECT RUN_ID FROM LOYALTY.SNAPSHOT WHERE SNAPSHOT_DATE = '{CleanWarehouse.LastDay.AddDays(-1):yyyy-MM-dd}')
            """);
        Assert.Equal(CheckStatus.Failed, (await CheckAsync(test, volume)).Status);

        await UndoAsync(test, -1);

        Assert.Equal(CheckStatus.Passed, (await CheckAsync(test, volume)).Status);
    }

    [Theory]
    [InlineData("Published", 1)]
    [InlineData("Started", 1)]
    [InlineData("Failed", 0)]
    public async Task A_delivery_that_may_still_come_to_its_end_is_named_and_one_that_failed_is_not(string status, int named)
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync($"UPDATE LOYALTY.DELIVERY SET STATUS = '{status}' WHERE CONSUMER = 'Marketing'");

        var plan = await UndoAsync(test, 0, planOnly: true);

        Assert.Equal(named, plan.Deliveries.Count(delivery => delivery.Consumer == "Marketing"));
    }

    [Fact]
    public async Task Deliveries_of_the_day_are_named_and_the_next_diff_corrects_what_the_consumer_has()
    {
        await using var test = await clean.CopyAsync();
        var consumer = test.Pipeline.Config.Consumers["Marketing"] with { Destination = Path.Combine(test.Folder, "drop") };
        await test.ExecuteAsync("DELETE FROM LOYALTY.DELIVERY; DELETE FROM LOYALTY.DELIVERY_FILE; DELETE FROM LOYALTY.DELIVERED_MEMBER");
        await UndoAsync(test, 0);
        var first = await DeliverAsync(DeliveryMode.Full);
        // The wrong file: half of the users are said to have refused.
        await test.ExecuteAsync(
            "CREATE TABLE PROFILES AS FROM DW_A.USER_PROFILE; UPDATE DW_A.USER_PROFILE SET MARKETING_CONSENT = FALSE WHERE USER_ID % 2 = 0");
        await test.MergeAsync(CleanWarehouse.LastDay, force: true);
        var wrong = await DeliverAsync(DeliveryMode.Diff);
        Assert.True(wrong.Removed > 10);

        var plan = await UndoAsync(test, 0, planOnly: true);
        var result = await UndoAsync(test, 0);

        Assert.Equal([wrong.DeliveryId], result.Deliveries.Select(delivery => delivery.DeliveryId));
        Assert.Equal([wrong.DeliveryId], plan.Deliveries.Select(delivery => delivery.DeliveryId));
        Assert.Equal(
            $"1 delivery was made of {CleanWarehouse.LastDay:yyyy-MM-dd}, and Marketing may have read it: tell them, or deliver another day, which corrects what they have.",
            test.Reporter.Warnings.Last());
        Assert.Empty(await test.RowsAsync($"SELECT * FROM LOYALTY.METRIC WHERE RUN_DATE = '{CleanWarehouse.LastDay:yyyy-MM-dd}'"));
        await test.ExecuteAsync("DELETE FROM DW_A.USER_PROFILE; INSERT INTO DW_A.USER_PROFILE FROM PROFILES");
        await test.MergeAsync(CleanWarehouse.LastDay, force: true);
        var right = await DeliverAsync(DeliveryMode.Diff);
        Assert.Equal((false, wrong.DeliveryId), (right.IsBackfill, right.BaseDeliveryId));
        Assert.Equal(wrong.Removed - wrong.Added, right.Added - right.Removed + first.Audience - right.Audience);
        Assert.True(right.Added > 10);
        // What the consumer has now is what a full delivery would bring.
        Assert.Equal(
            await test.RowsAsync($"SELECT USER_ID FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Highly Engaged' AND MARKETING_CONSENT AND ACCOUNT_STATUS = 'active' ORDER BY ALL"),
            await test.RowsAsync($"SELECT USER_ID FROM LOYALTY.DELIVERED_MEMBER WHERE REMOVED_IN IS NULL AND FEED_ID = (SELECT FEED_ID FROM LOYALTY.DELIVERY WHERE DELIVERY_ID = '{right.DeliveryId}') ORDER BY ALL"));
        Assert.Equal(DeliveryOutcome.AlreadyThere, (await DeliverAsync(DeliveryMode.Diff)).Outcome);

        Task<DeliveryResult> DeliverAsync(DeliveryMode mode) => new DeliveryRunner(test.Pipeline).DeliverAsync(
            test.Warehouse, new DeliveryOptions(consumer, mode, Force: true), test.Reporter, TestWarehouse.Token);
    }

    private static Task<UndoResult> UndoAsync(TestWarehouse test, int daysLater, bool planOnly = false) =>
        new MergeUndoer(test.Pipeline).UndoAsync(
            test.Warehouse, new UndoOptions(CleanWarehouse.LastDay.AddDays(daysLater), planOnly), test.Reporter, TestWarehouse.Token);

    private static async Task<CheckResult> CheckAsync(TestWarehouse test, string check) =>
        Assert.Single(await new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions { Checks = [check], KeepResults = false }, test.Reporter, TestWarehouse.Token));

    // Anomalies judge a few days and how fast this machine is.
    private static async Task<IReadOnlyList<string>> FindAsync(TestWarehouse test) =>
    [
        .. (await new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse,
            new IntegrityOptions
            {
                Suites = [CheckSuite.Sources, CheckSuite.Master, CheckSuite.History, CheckSuite.Deliveries], KeepResults = false,
            }, test.Reporter, TestWarehouse.Token))
            .Where(check => check.Status is not (CheckStatus.Passed or CheckStatus.Skipped)).Select(check => check.CheckId)
            .Order(StringComparer.Ordinal),
    ];
}

using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Merging;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Metrics;

/// <summary>What a delivery measures.</summary>
public sealed class DeliveryMetricsTests
{
    [Fact]
    public async Task The_audience_is_kept_of_each_consumer_and_segment()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.SetAsync("ENGAGEMENT_SEGMENT = 'Engaged'", "USER_ID > 7");
        await scene.WriteDayAsync();
        await scene.SuppressAsync(1, 2);

        await scene.DeliverAsync();
        scene.Consumer = scene.Consumer with { Segment = EngagementSegment.Engaged };
        await scene.DeliverAsync();

        Assert.Equal(
            ["2024-03-31|delivery_rows.Crm.Engaged|*|3", "2024-03-31|delivery_rows.Crm.HighlyEngaged|*|5"], await MetricsAsync(scene));
    }

    [Fact]
    public async Task A_later_delivery_of_the_day_takes_the_place_of_the_earlier_and_a_diff_counts_all()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.DeliverAsync();
        await scene.AddUsersAsync(11, 12);
        await scene.WriteDayAsync();
        await scene.DeliverAsync();
        await scene.DeliverAsync();
        Assert.Equal(["2024-03-31|delivery_rows.Crm.HighlyEngaged|*|12"], await MetricsAsync(scene));

        await scene.AddUsersAsync(13, 13);
        await scene.WriteDayAsync(1);
        Assert.Equal(1, (await scene.DeliverAsync(DeliveryMode.Diff)).Rows);

        Assert.Equal(
            ["2024-03-31|delivery_rows.Crm.HighlyEngaged|*|12", "2024-04-01|delivery_rows.Crm.HighlyEngaged|*|13"],
            await MetricsAsync(scene));
    }

    [Fact]
    public async Task A_backfill_a_plan_and_what_fails_measure_nothing()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.WriteDayAsync(1);
        await scene.WriteDayAsync(2);
        await scene.DeliverAsync(planOnly: true);
        Assert.Empty(await MetricsAsync(scene));

        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => scene.DeliverAsync(
                new StepCanceller("Publish", source), DeliveryMode.Full, daysLater: null, force: false, planOnly: false, source.Token));
        Assert.Empty(await MetricsAsync(scene));

        await scene.DeliverAsync(daysLater: 1);
        await scene.DeliverAsync(daysLater: 2);
        Assert.True((await scene.DeliverAsync(daysLater: 0)).IsBackfill);
        Assert.Equal(
            ["2024-04-01|delivery_rows.Crm.HighlyEngaged|*|10", "2024-04-02|delivery_rows.Crm.HighlyEngaged|*|10"],
            await MetricsAsync(scene));
    }

    [Fact]
    public async Task An_interrupted_delivery_is_measured_when_it_is_completed()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.DeliverAsync();
        await scene.RunAsync(
            "UPDATE LOYALTY.DELIVERY SET STATUS = 'Started'", "DELETE FROM LOYALTY.DELIVERY_FILE", "DELETE FROM LOYALTY.METRIC");
        await scene.AddUsersAsync(11, 11);
        await scene.WriteDayAsync(1);

        await scene.DeliverAsync();

        Assert.Equal(
            ["2024-03-31|delivery_rows.Crm.HighlyEngaged|*|10", "2024-04-01|delivery_rows.Crm.HighlyEngaged|*|11"],
            await MetricsAsync(scene));
    }

    [Fact]
    public async Task A_warehouse_of_an_earlier_version_is_refused_by_name_before_anything_is_sent()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.RunAsync("DROP TABLE LOYALTY.METRIC");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.DeliverAsync());

        Assert.Equal(("WarehouseNotInitialized", "The warehouse has no table LOYALTY.METRIC."), (error.ErrorId, error.Message));
        Assert.Empty(scene.Files());
        Assert.Empty(await scene.LogAsync());
    }

    private static Task<IReadOnlyList<string>> MetricsAsync(DeliveryScene scene) =>
        scene.Test.RowsAsync("SELECT RUN_DATE, METRIC, REGION_CODE, CAST(VALUE AS DOUBLE) FROM LOYALTY.METRIC ORDER BY ALL");
}

using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Metrics;

/// <summary>Metrics as series, and what they are called.</summary>
public sealed class MetricReaderTests
{
    [Fact]
    public async Task Each_metric_of_each_region_is_a_series_up_to_the_day()
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);
        await test.ExecuteAsync(
            """
            INSERT INTO LOYALTY.METRIC VALUES ('2024-04-02', 'users', '*', 12), ('2024-03-31', 'users', '*', 10), ('2024-04-01', 'users', 'EU', 9.000001), ('2024-03-31', 'a', '*', 0.25),
                ('2024-04-03', 'users', '*', 99), ('2024-04-03', 'late', '*', 99), ('2024-04-02', 'users.engaged', 'EU', 5), ('2024-04-02', 'b', '*', 1)
            """);
        await using var session = await test.Warehouse.OpenSessionAsync(TestWarehouse.Token);

        var series =
            (await MetricReader.ReadAsync(
                session, new DateOnly(2024, 3, 31), new DateOnly(2024, 4, 2), regions: null, TestWarehouse.Token)).Series;

        Assert.Equal(["a *", "b *", "users *", "users EU", "users.engaged EU"], series.Select(one => $"{one.Metric} {one.RegionCode}"));
        Assert.Equal([new MetricPoint(new DateOnly(2024, 3, 31), 0.25)], series[0].Points);
        Assert.Equal([new MetricPoint(new DateOnly(2024, 3, 31), 10), new MetricPoint(new DateOnly(2024, 4, 2), 12)], series[2].Points);
        Assert.Equal([new MetricPoint(new DateOnly(2024, 4, 1), 9.000001)], series[3].Points);
        Assert.Equal(
            ["b *", "users *", "users.engaged EU"],
            (await MetricReader.ReadAsync(
                session, new DateOnly(2024, 4, 2), new DateOnly(2024, 4, 2), regions: null, TestWarehouse.Token)).Series.Select(
                    one => $"{one.Metric} {one.RegionCode}"));
    }

    [Fact]
    public async Task The_names_are_those_that_merges_and_deliveries_write()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync();
        var (catalog, consumers) = (scene.Test.Pipeline.Catalog, scene.Test.Pipeline.Config.Consumers.Values);
        var marketing = scene.Test.Pipeline.Config.Consumers["Marketing"];
        var consumer = marketing with { Destination = Path.Combine(scene.Test.Folder, "drop") };
        await new DeliveryRunner(scene.Test.Pipeline).DeliverAsync(
            scene.Test.Warehouse, new DeliveryOptions(consumer, DeliveryMode.Full, AsOf: null, Force: true, PlanOnly: false),
            scene.Test.Reporter, TestWarehouse.Token);

        var written = await scene.Test.RowsAsync("SELECT DISTINCT METRIC FROM LOYALTY.METRIC");

        Assert.Equal(written.Order(StringComparer.Ordinal), MetricNames.Of(catalog, [marketing]).Order(StringComparer.Ordinal));
        Assert.Equal(written.Count + consumers.Count() - 1, MetricNames.Of(catalog, consumers).Distinct().Count());
        string[] known = ["users.low_engagement", "null_share.email", "source_rows.DW_A.USER_ACTIVITY", "quarantined.DW_C.REGION_METADATA",
            "delivery_rows.Marketing.HighlyEngaged"];
        Assert.Empty(known.Except(written));
    }
}

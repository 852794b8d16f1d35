using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(LoyaltyPipeline.Browser.Tests.IncidentsPage))]

namespace LoyaltyPipeline.Browser.Tests;

/// <summary>
/// The dashboard of ninety days of a sample in which, when all was written and checked, one thing went wrong for each of four tabs; a
/// region of it is called what harms a page that trusts it.
/// </summary>
public sealed class IncidentsPage : IAsyncLifetime
{
    /// <summary>What the region is called.</summary>
    public const string Region = "<script>alert(1)</script>";

    /// <summary>Days that are written.</summary>
    public const int Days = 90;

    // Not the end of a month: of so few of those the band is wide.
    private static readonly SyntheticDataOptions Sample = new() { Users = 600, Days = 150, LastDay = new DateOnly(2026, 6, 29) };

    private static DateOnly LastDay => Sample.LastDay;

    /// <summary>The page.</summary>
    public string FilePath { get; } = Path.Combine(DashboardBrowser.ArtifactsFolder, "incidents.html");

    public async ValueTask InitializeAsync()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await new SyntheticDataWriter(test.Pipeline).WriteAsync(
            test.Warehouse, Sample, replace: false, wait: null, test.Reporter, TestWarehouse.Token);
        foreach (var table in new[] { "DW_A.USER_PROFILE", "DW_C.REGION_METADATA", "DW_C.REGION_THRESHOLDS" })
            await test.ExecuteAsync($"UPDATE {table} SET REGION_CODE = '{Region}' WHERE REGION_CODE = 'US-EAST'");
        await foreach (var _ in new ReplayRunner(test.Pipeline).RunAsync(
            test.Warehouse, new ReplayOptions(LastDay.AddDays(1 - Days), LastDay), test.Reporter, TestWarehouse.Token))
        {
        }

        await LevelMetricsAsync(test);
        await DeliverAsync(test);
        await CheckAsync(test);
        await PlantAsync(test);
        await new PipelineDashboard(test.Pipeline).ExportAsync(
            test.Warehouse, new DashboardOptions(FilePath), test.Reporter, TestWarehouse.Token);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A sample grows; here each figure has long been what it is, give or take a thousandth, so that nothing but what is planted is unusual.
    private static Task LevelMetricsAsync(TestWarehouse test) => test.ExecuteAsync(
        $"""
        DELETE FROM LOYALTY.METRIC WHERE RUN_DATE < DATE '{LastDay:yyyy-MM-dd}';
        INSERT INTO LOYALTY.METRIC
        SELECT CAST(RUN_DATE - CAST(d.range AS INTEGER) AS DATE), METRIC, REGION_CODE, VALUE * (1 + 0.001 * SIN(d.range * 12.9898)) FROM LOYALTY.METRIC, range(1, 171) AS d
        """);

    private static async Task PlantAsync(TestWarehouse test)
    {
        // Integrity: a segment that does not follow from its score, found by a test run.
        await test.ExecuteAsync(
            "UPDATE LOYALTY.MASTER SET ENGAGEMENT_SEGMENT = 'Unscored' WHERE USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Engaged')");
        await CheckAsync(test);
        // Anomalies: users of one region are gone from the newest figures.
        await test.ExecuteAsync(
            $"UPDATE LOYALTY.METRIC SET VALUE = VALUE - 90 WHERE RUN_DATE = DATE '{LastDay:yyyy-MM-dd}' AND METRIC = 'users' AND REGION_CODE IN ('*', '{Region}')");
        // Load performance: a merge that a guard refuses.
        await test.ExecuteAsync("CREATE TABLE KEPT AS FROM DW_A.USER_PROFILE; DELETE FROM DW_A.USER_PROFILE WHERE USER_ID % 2 = 0");
        Assert.Equal("GuardTripped", (await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(LastDay))).ErrorId);
        await test.ExecuteAsync("DELETE FROM DW_A.USER_PROFILE; INSERT INTO DW_A.USER_PROFILE FROM KEPT; DROP TABLE KEPT");
        // Deliveries: one of which it is not known whether it is there.
        await test.ExecuteAsync("UPDATE LOYALTY.DELIVERY SET STATUS = 'Started', PUBLISHED_AT = NULL WHERE CONSUMER = 'CustomerSuccess'");
    }

    private static Task CheckAsync(TestWarehouse test) =>
        new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, new IntegrityOptions(), test.Reporter, TestWarehouse.Token);

    private static async Task DeliverAsync(TestWarehouse test)
    {
        foreach (var name in new[] { "Marketing", "CustomerSuccess" })
        {
            var consumer = test.Pipeline.Config.Consumers[name] with { Destination = Path.Combine(test.Folder, "drop") };
            await new DeliveryRunner(test.Pipeline).DeliverAsync(
                test.Warehouse, new DeliveryOptions(consumer), test.Reporter, TestWarehouse.Token);
        }
    }
}

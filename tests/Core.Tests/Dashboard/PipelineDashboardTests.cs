using System.Text.Json;
using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Integrity.Configuration;
using LoyaltyPipeline.Core.Tests.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Dashboard;

/// <summary>What the dashboard says of a warehouse: of a sound one, of an empty one, and of one in which something went wrong.</summary>
public sealed class PipelineDashboardTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    // The tabs that say how something is.
    private static readonly string[] Judging = ["load", "anomalies", "integrity", "deliveries"];

    [Fact]
    public async Task A_warehouse_without_a_run_says_so_on_every_tab()
    {
        await using var test = await TestWarehouse.CreateAsync();

        var document = await DescribeAsync(test);

        Assert.Equal(["overview", "load", "anomalies", "integrity", "engagement", "adoption", "deliveries", "catalog"], document.Tabs.Select(tab => tab.Id));
        Assert.Equal(DashboardState.Unknown, document.Tabs[0].State);
        Assert.Equal("No day has been merged yet.", PanelOf(document, "overview-verdict").Text);
        Assert.All(document.Tabs.SelectMany(tab => tab.Panels), panel => Assert.NotEmpty(panel.Text));
        Assert.All(document.Tabs.SelectMany(tab => tab.Panels), panel => Assert.Null(panel.Chart));
    }

    [Fact]
    public async Task After_one_run_what_is_missing_is_said()
    {
        await using var test = await clean.CopyAsync();
        foreach (var table in new[] { "METRIC", "HISTORY", "SNAPSHOT", "MASTER", "RUN", "RUN_STEP", "RUN_SOURCE", "QUARANTINE", "ADOPTION", "DELIVERY", "DELIVERY_FILE", "DELIVERED_MEMBER" })
            await test.ExecuteAsync($"DELETE FROM LOYALTY.{table}");
        await test.MergeAsync(CleanWarehouse.LastDay);

        var document = await DescribeAsync(test);

        Assert.Contains("The engine kept no ids of queries, as Snowflake does.", PanelOf(document, "load-last").Text, StringComparison.Ordinal);
        Assert.Equal("Only one day has been written; there is nothing to compare it with.", PanelOf(document, "engagement-moves").Text);
        Assert.Contains("nothing to compare with", PanelOf(document, "overview-users").Facts![0].Note, StringComparison.Ordinal);
        Assert.Contains("not enough history", PanelOf(document, "metric-users").Text, StringComparison.Ordinal);
        Assert.StartsWith("No check has been made yet", PanelOf(document, "integrity-none").Text, StringComparison.Ordinal);
        Assert.StartsWith("Nothing was delivered on these days", PanelOf(document, "deliveries-none").Text, StringComparison.Ordinal);
        Assert.Equal("No run had to wait for another.", PanelOf(document, "load-waits").Text);
    }

    [Fact]
    public async Task A_sound_warehouse_is_sound_on_every_tab()
    {
        await using var test = await SoundAsync();

        var document = await DescribeAsync(test);

        Assert.Equal(Judging.Select(id => $"{id} Ok"), Judging.Select(id => $"{id} {Tab(document, id).State}"));
        Assert.Equal(DashboardState.Ok, document.Tabs[0].State);
        Assert.StartsWith("Everything that was looked at is sound", PanelOf(document, "overview-verdict").Text, StringComparison.Ordinal);
        Assert.Equal(document.Tabs.SelectMany(tab => tab.Panels).Select(panel => panel.Id).Distinct(), document.Tabs.SelectMany(tab => tab.Panels).Select(panel => panel.Id));
        Assert.All(document.Tabs.SelectMany(tab => tab.Panels), AssertChartFits);
    }

    [Theory]
    [InlineData("integrity", "UPDATE LOYALTY.MASTER SET ENGAGEMENT_SEGMENT = 'Engaged' WHERE USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Highly Engaged')", "LOYALTY.MASTER.ENGAGEMENT_SEGMENT.recomputed")]
    [InlineData("anomalies", "UPDATE LOYALTY.METRIC SET VALUE = VALUE - 300 WHERE RUN_DATE = (SELECT MAX(RUN_DATE) FROM LOYALTY.METRIC) AND METRIC = 'users' AND REGION_CODE IN ('*', 'DE-ALL')", "most of it from DE-ALL")]
    [InlineData("anomalies", "UPDATE LOYALTY.METRIC SET VALUE = VALUE + 300 WHERE RUN_DATE = (SELECT MAX(RUN_DATE) FROM LOYALTY.METRIC) AND METRIC = 'users.highly_engaged' AND REGION_CODE = 'DE-ALL'", "DE-ALL: Spike")]
    [InlineData("load", "INSERT INTO LOYALTY.RUN BY NAME SELECT '20991231T000000000-dead' AS RUN_ID, 'Failed' AS STATUS, 'SourceFileUnreadable' AS ERROR_ID, * EXCLUDE (RUN_ID, STATUS, ERROR_ID) FROM LOYALTY.RUN WHERE KIND = 'Merge' ORDER BY RUN_ID DESC LIMIT 1", "SourceFileUnreadable")]
    [InlineData("deliveries", "UPDATE LOYALTY.DELIVERY SET STATUS = 'Failed' WHERE CONSUMER = 'Marketing'", "Failed, of")]
    public async Task What_went_wrong_is_seen_on_its_tab_alone(string where, string fault, string said)
    {
        await using var test = await SoundAsync();
        await test.ExecuteAsync(fault);
        if (where == "integrity")
            await CheckAsync(test);

        var document = await DescribeAsync(test);

        Assert.Equal(Judging.Where(id => id != where).Select(id => $"{id} Ok"), Judging.Where(id => id != where).Select(id => $"{id} {Tab(document, id).State}"));
        Assert.True(Tab(document, where).State is DashboardState.Bad or DashboardState.Warning);
        Assert.Equal(Tab(document, where).State, document.Tabs[0].State);
        Assert.Contains(said, JsonSerializer.Serialize(Tab(document, where)), StringComparison.Ordinal);
        Assert.DoesNotContain(said, JsonSerializer.Serialize(document.Tabs.Where(tab => tab.Id != where && tab.Id != "overview")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_run_of_a_few_checks_hides_nothing_that_an_earlier_one_found()
    {
        const string Failing = "LOYALTY.MASTER.ENGAGEMENT_SEGMENT.recomputed";
        await using var test = await SoundAsync();
        await test.ExecuteAsync("UPDATE LOYALTY.MASTER SET ENGAGEMENT_SEGMENT = 'Engaged' WHERE USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Highly Engaged')");
        await CheckAsync(test);
        await CheckAsync(test, "LOYALTY.ADOPTION.*");

        var document = await DescribeAsync(test);

        Assert.Equal((DashboardState.Bad, DashboardState.Bad), (document.Tabs[0].State, PanelOf(document, "integrity-failing").State));
        Assert.Contains("of them made at", PanelOf(document, "integrity-failing").Text, StringComparison.Ordinal);
        var fact = PanelOf(document, "overview-verdict").Facts!.Single(fact => fact.Label == "Checks");
        Assert.Equal(("2 failed", PanelOf(document, "integrity-failing").Text), (fact.Value, fact.Note));
        Assert.Contains(Failing, JsonSerializer.Serialize(Tab(document, "integrity")), StringComparison.Ordinal);

        // What a check that is left out now once found concerns nobody.
        var integrity = test.Pipeline.Config.Integrity with { Checks = new[] { Failing, "LOYALTY.MASTER.history" }.ToDictionary(id => id, _ => new CheckOverride(IsEnabled: false, threshold => threshold), StringComparer.OrdinalIgnoreCase) };
        test.Pipeline = test.Pipeline with { Config = test.Pipeline.Config with { Integrity = integrity } };
        document = await DescribeAsync(test);
        Assert.Equal(DashboardState.Ok, document.Tabs[0].State);
        Assert.DoesNotContain(Failing, JsonSerializer.Serialize(document.Tabs), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_states_give_equal_documents()
    {
        await using var test = await SoundAsync();

        Assert.Equal(JsonSerializer.Serialize(await DescribeAsync(test)), JsonSerializer.Serialize(await DescribeAsync(test)));
    }

    [Fact]
    public async Task No_user_is_in_it()
    {
        await using var test = await SoundAsync();

        var text = JsonSerializer.Serialize((await DescribeAsync(test)).Tabs);

        var people = await test.RowsAsync("SELECT UNNEST([EMAIL, FULL_NAME, PHONE]) FROM LOYALTY.MASTER WHERE EMAIL IS NOT NULL");
        Assert.True(people.Count > 1000, $"{people.Count} values");
        Assert.DoesNotContain(people, value => value != "NULL" && text.Contains(value, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Few_users_are_not_told_apart()
    {
        await using var test = await SoundAsync();
        await test.ExecuteAsync("UPDATE LOYALTY.METRIC SET REGION_CODE = 'TINY' WHERE REGION_CODE = 'DE-ALL'; UPDATE LOYALTY.METRIC SET VALUE = 3 WHERE METRIC = 'users.engaged' AND REGION_CODE = 'TINY'");

        var document = await DescribeAsync(test);

        var regions = PanelOf(document, "engagement-regions").Table!.Rows.Select(row => row[0]).Distinct().ToList();
        Assert.DoesNotContain("TINY", regions);
        Assert.Contains("(small groups)", regions);
        Assert.DoesNotContain(
            document.Tabs.Single(tab => tab.Id == "engagement").Panels.Where(panel => panel.Chart is not null).SelectMany(panel => panel.Table!.Rows), row => row[2] is long and > 0 and < 5);
        // A sample's regions have few highly engaged users; their share would say how many.
        var figures = PanelOf(document, "engagement-region-figures").Table!.Rows;
        var few = await test.RowsAsync("SELECT REGION_CODE FROM LOYALTY.ENGAGEMENT_BY_REGION WHERE ROUND(SHARE_ABOVE * ACTIVE_USERS) BETWEEN 1 AND 4 AND USERS >= 5");
        Assert.NotEmpty(few);
        Assert.All(few, region => Assert.Null(figures.Single(row => Equals(row[0], region))[4]));
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_whole_or_stays()
    {
        await using var test = await SoundAsync();
        var path = Path.Combine(test.Folder, "dashboard.html");
        await File.WriteAllTextAsync(path, "old", TestWarehouse.Token);
        await test.ExecuteAsync("ALTER TABLE LOYALTY.QUARANTINE RENAME TO ELSEWHERE");

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => ExportAsync(test, path));

        Assert.Equal("QueryFailed", failure.ErrorId);
        Assert.Equal("old", await File.ReadAllTextAsync(path, TestWarehouse.Token));
        await test.ExecuteAsync("ALTER TABLE LOYALTY.ELSEWHERE RENAME TO QUARANTINE");
        var drop = Path.Combine(test.Folder, "reports");
        var file = await ExportAsync(test, path, drop);
        Assert.Equal(path, file.FullName);
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(path, TestWarehouse.Token), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(await File.ReadAllBytesAsync(path, TestWarehouse.Token), await File.ReadAllBytesAsync(Path.Combine(drop, "dashboard.html"), TestWarehouse.Token));
        Assert.Equal(["dashboard.html"], Directory.GetFiles(test.Folder).Select(Path.GetFileName));
    }

    private static void AssertChartFits(DashboardPanel panel)
    {
        if (panel.Table is { } table)
            Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count));
        if (panel.Chart is { } chart)
            Assert.All(new[] { chart.X, chart.Value, chart.Series, chart.Low, chart.High, chart.Mark }.OfType<string>(), name => Assert.Contains(panel.Table!.Columns, column => column.Name == name));
    }

    private static DashboardTab Tab(DashboardDocument document, string id) => document.Tabs.Single(tab => tab.Id == id);

    private static DashboardPanel PanelOf(DashboardDocument document, string id) => document.Tabs.SelectMany(tab => tab.Panels).Single(panel => panel.Id == id);

    private static Task<DashboardDocument> DescribeAsync(TestWarehouse test) => new PipelineDashboard(test.Pipeline).DescribeAsync(test.Warehouse, days: 90, wait: null, test.Reporter, TestWarehouse.Token);

    private static Task<FileInfo> ExportAsync(TestWarehouse test, string path, string? destination = null) =>
        new PipelineDashboard(test.Pipeline).ExportAsync(test.Warehouse, new DashboardOptions(path, Destination: destination), test.Reporter, TestWarehouse.Token);

    private static Task CheckAsync(TestWarehouse test, params string[] checks) =>
        new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, new IntegrityOptions { Checks = checks }, test.Reporter, TestWarehouse.Token);

    // With a past like the newest day, give or take a thousandth, so that each figure can be judged.
    private async Task<TestWarehouse> SoundAsync()
    {
        var test = await clean.CopyAsync();
        await test.ExecuteAsync(
            $"""
            DELETE FROM LOYALTY.METRIC WHERE RUN_DATE < DATE '{CleanWarehouse.LastDay:yyyy-MM-dd}';
            INSERT INTO LOYALTY.METRIC
            SELECT CAST(RUN_DATE - CAST(d.range AS INTEGER) AS DATE), METRIC, REGION_CODE, VALUE * (1 + 0.001 * SIN(d.range * 12.9898)) FROM LOYALTY.METRIC, range(1, 171) AS d
            """);
        await CheckAsync(test);
        return test;
    }
}

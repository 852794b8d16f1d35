using System.Text.Json;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Dashboard;

/// <summary>What the dashboard says of a warehouse: of a sound one, of an empty one, and of one in which something went wrong.</summary>
public sealed class PipelineDashboardTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    // Made once: its checks take longer than what most tests do with it.
    private static readonly Lazy<Task<byte[]>> Sound = new(MakeSoundAsync);

    // The tabs that say how something is.
    private static readonly string[] Judging = ["load", "anomalies", "integrity", "deliveries"];

    [Fact]
    public async Task A_warehouse_without_a_run_says_so_on_every_tab()
    {
        await using var test = await TestWarehouse.CreateAsync();

        var document = await DescribeAsync(test);

        Assert.Equal(
            ["overview", "load", "anomalies", "integrity", "engagement", "adoption", "deliveries", "catalog"],
            document.Tabs.Select(tab => tab.Id));
        Assert.Equal(DashboardState.Unknown, document.Tabs[0].State);
        Assert.Equal("No day has been merged yet.", PanelOf(document, "overview-verdict").Text);
        Assert.All(document.Tabs.SelectMany(tab => tab.Panels), panel => Assert.NotEmpty(panel.Text));
        Assert.All(document.Tabs.SelectMany(tab => tab.Panels), panel => Assert.Null(panel.Chart));
    }

    [Fact]
    public async Task After_one_run_what_is_missing_is_said()
    {
        await using var test = await clean.CopyAsync();
        foreach (var table in new[] { "METRIC", "HISTORY", "SNAPSHOT", "MASTER", "RUN", "RUN_STEP", "RUN_SOURCE", "QUARANTINE", "ADOPTION",
            "DELIVERY", "DELIVERY_FILE", "DELIVERED_MEMBER" })
            await test.ExecuteAsync($"DELETE FROM LOYALTY.{table}");
        await test.MergeAsync(CleanWarehouse.LastDay);

        var document = await DescribeAsync(test);

        Assert.Contains(
            "The engine kept no ids of queries, as Snowflake does.", PanelOf(document, "load-last").Text, StringComparison.Ordinal);
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
        Assert.Equal(
            document.Tabs.SelectMany(tab => tab.Panels).Select(panel => panel.Id).Distinct(),
            document.Tabs.SelectMany(tab => tab.Panels).Select(panel => panel.Id));
        Assert.All(document.Tabs.SelectMany(tab => tab.Panels), AssertChartFits);
    }

    [Theory]
    [InlineData(
        "integrity",
        "UPDATE LOYALTY.MASTER SET ENGAGEMENT_SEGMENT = 'Engaged' WHERE USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Highly Engaged')", "LOYALTY.MASTER.ENGAGEMENT_SEGMENT.recomputed")]
    [InlineData(
        "anomalies",
        "UPDATE LOYALTY.METRIC SET VALUE = VALUE - 300 WHERE RUN_DATE = (SELECT MAX(RUN_DATE) FROM LOYALTY.METRIC) AND METRIC = 'users' AND REGION_CODE IN ('*', 'DE-ALL')", "most of it from DE-ALL")]
    [InlineData(
        "anomalies",
        "UPDATE LOYALTY.METRIC SET VALUE = VALUE + 300 WHERE RUN_DATE = (SELECT MAX(RUN_DATE) FROM LOYALTY.METRIC) AND METRIC = 'users.highly_engaged' AND REGION_CODE = 'DE-ALL'", "DE-ALL: Spike")]
    [InlineData(
        "load",
        "INSERT INTO LOYALTY.RUN BY NAME SELECT '20991231T000000000-dead' AS RUN_ID, 'Failed' AS STATUS, 'SourceFileUnreadable' AS ERROR_ID, * EXCLUDE (RUN_ID, STATUS, ERROR_ID) FROM LOYALTY.RUN WHERE KIND = 'Merge' ORDER BY RUN_ID DESC LIMIT 1", "SourceFileUnreadable")]
    [InlineData("deliveries", "UPDATE LOYALTY.DELIVERY SET STATUS = 'Failed' WHERE CONSUMER = 'Marketing'", "Failed, of")]
    public async Task What_went_wrong_is_seen_on_its_tab_alone(string where, string fault, string said)
    {
        await using var test = await SoundAsync();
        await test.ExecuteAsync(fault);
        if (where == "integrity")
            await CheckAsync(test);

        var document = await DescribeAsync(test);

        Assert.Equal(
            Judging.Where(id => id != where).Select(id => $"{id} Ok"),
            Judging.Where(id => id != where).Select(id => $"{id} {Tab(document, id).State}"));
        Assert.True(Tab(document, where).State is DashboardState.Bad or DashboardState.Warning);
        Assert.Equal(Tab(document, where).State, document.Tabs[0].State);
        Assert.Contains(said, JsonSerializer.Serialize(Tab(document, where)), StringComparison.Ordinal);
        Assert.DoesNotContain(
            said, JsonSerializer.Serialize(document.Tabs.Where(tab => tab.Id != where && tab.Id != "overview")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_run_of_a_few_checks_hides_nothing_that_an_earlier_one_found()
    {
        const string Failing = "LOYALTY.MASTER.ENGAGEMENT_SEGMENT.recomputed";
        await using var test = await SoundAsync();
        await test.ExecuteAsync(
            "UPDATE LOYALTY.MASTER SET ENGAGEMENT_SEGMENT = 'Engaged' WHERE USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Highly Engaged')");
        await CheckAsync(test);
        await CheckAsync(test, "LOYALTY.ADOPTION.*");

        var document = await DescribeAsync(test);

        Assert.Equal((DashboardState.Bad, DashboardState.Bad), (document.Tabs[0].State, PanelOf(document, "integrity-failing").State));
        Assert.Contains("of them made at", PanelOf(document, "integrity-failing").Text, StringComparison.Ordinal);
        var fact = PanelOf(document, "overview-verdict").Facts!.Single(fact => fact.Label == "Checks");
        Assert.Equal(("2 failed", PanelOf(document, "integrity-failing").Text), (fact.Value, fact.Note));
        Assert.Contains(Failing, JsonSerializer.Serialize(Tab(document, "integrity")), StringComparison.Ordinal);

        // What a check that is left out now once found concerns nobody.
        var integrity = test.Pipeline.Config.Integrity with
        {
            Checks = new[] { Failing, "LOYALTY.MASTER.history" }.ToDictionary(
                id => id, _ => new CheckOverride(IsEnabled: false, threshold => threshold, reason => LoyaltyErrors.ConfigInvalid.Because(reason)),
                StringComparer.OrdinalIgnoreCase)
        };
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
        await test.ExecuteAsync(
            "UPDATE LOYALTY.METRIC SET REGION_CODE = 'TINY' WHERE REGION_CODE = 'DE-ALL'; UPDATE LOYALTY.METRIC SET VALUE = 3 WHERE METRIC = 'users.engaged' AND REGION_CODE = 'TINY'");

        var document = await DescribeAsync(test);

        var regions = PanelOf(document, "engagement-regions").Table!.Rows.Select(row => row[0]).Distinct().ToList();
        Assert.DoesNotContain("TINY", regions);
        Assert.Contains("(small groups)", regions);
        Assert.DoesNotContain(
            document.Tabs.Single(tab => tab.Id == "engagement").Panels.Where(panel => panel.Chart is not null)
                .SelectMany(panel => panel.Table!.Rows), row => row[2] is long and > 0 and < 5);
        // A sample's regions have few highly engaged users; their share would say how many.
        var figures = PanelOf(document, "engagement-region-figures").Table!.Rows;
        var few = await test.RowsAsync(
            "SELECT REGION_CODE FROM LOYALTY.ENGAGEMENT_BY_REGION WHERE ROUND(SHARE_ABOVE * ACTIVE_USERS) BETWEEN 1 AND 4 AND USERS >= 5");
        Assert.NotEmpty(few);
        Assert.All(few, region => Assert.Null(figures.Single(row => Equals(row[0], region))[4]));
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_whole_or_stays()
    {
        await using var test = await SoundAsync();
        var path = Path.Combine(test.Folder, "dashboard.html");
        await File.WriteAllTextAsync(path, "old", TestWarehouse.Token);
        await test.ExecuteAsync("ALTER TABLE LOYALTY.METRIC RENAME TO ELSEWHERE");

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => ExportAsync(test, path));

        Assert.Equal("WarehouseNotInitialized", failure.ErrorId);
        Assert.Equal("old", await File.ReadAllTextAsync(path, TestWarehouse.Token));
        await test.ExecuteAsync("ALTER TABLE LOYALTY.ELSEWHERE RENAME TO METRIC");
        var drop = Path.Combine(test.Folder, "reports");
        var file = await ExportAsync(test, path, drop);
        Assert.Equal(path, file.FullName);
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(path, TestWarehouse.Token), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            await File.ReadAllBytesAsync(path, TestWarehouse.Token),
            await File.ReadAllBytesAsync(Path.Combine(drop, "dashboard.html"), TestWarehouse.Token));
        Assert.Equal(["dashboard.html"], Directory.GetFiles(test.Folder).Select(Path.GetFileName));
    }

    /// <summary>One bad row, in any of the logs, costs the panels that show it, and each of them says so.</summary>
    [Theory]
    [InlineData(
        "INSERT INTO LOYALTY.METRIC SELECT * FROM LOYALTY.METRIC WHERE METRIC = 'users.engaged' AND REGION_CODE = '*' LIMIT 1",
        "metric-users-engaged overview-users engagement-trend engagement-regions")]
    [InlineData("UPDATE LOYALTY.METRIC SET METRIC = NULL WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.METRIC)", "anomalies-summary")]
    [InlineData(
        "UPDATE LOYALTY.RUN SET STATUS = 'Splendid' WHERE KIND = 'Deliver'",
        "overview-freshness load-steps load-last load-sources load-rates load-quarantine load-waits load-runs")]
    [InlineData(
        "INSERT INTO LOYALTY.RUN BY NAME SELECT * REPLACE (RUN_DATE - 1 AS RUN_DATE) FROM LOYALTY.RUN WHERE KIND = 'Merge' ORDER BY RUN_ID LIMIT 1", "overview-freshness load-steps load-last load-sources load-rates load-quarantine load-waits load-runs")]
    [InlineData(
        "UPDATE LOYALTY.CHECK_RESULT SET STATUS = 'Splendid' WHERE CHECK_ID = 'LOYALTY.MASTER.unique'",
        "integrity-failing integrity-chain")]
    [InlineData(
        "INSERT INTO LOYALTY.CHECK_RESULT SELECT * FROM LOYALTY.CHECK_RESULT WHERE CHECK_ID = 'LOYALTY.MASTER.unique'",
        "integrity-failing integrity-chain")]
    [InlineData(
        "UPDATE LOYALTY.CHECK_RESULT SET CHECK_ID = NULL WHERE CHECK_ID = 'LOYALTY.MASTER.unique'", "integrity-failing integrity-chain")]
    [InlineData(
        "UPDATE LOYALTY.DELIVERY SET SEGMENT = NULL WHERE CONSUMER = 'Marketing'",
        "deliveries-latest deliveries-audience deliveries-left-out deliveries-log")]
    [InlineData(
        "INSERT INTO LOYALTY.DELIVERY SELECT * FROM LOYALTY.DELIVERY WHERE CONSUMER = 'Marketing'",
        "deliveries-latest deliveries-audience deliveries-left-out deliveries-log")]
    [InlineData(
        "UPDATE LOYALTY.ADOPTION SET FEATURE_NAME = NULL WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.ADOPTION WHERE RUN_DATE = (SELECT MAX(RUN_DATE) FROM LOYALTY.ADOPTION))", "adoption-rates adoption-movers adoption-features")]
    public async Task A_row_that_cannot_be_read_costs_the_panels_that_show_it(string fault, string panels)
    {
        await using var test = await SoundAsync();
        await test.ExecuteAsync(fault);

        var document = await DescribeAsync(test);

        var said = document.Tabs.SelectMany(tab => tab.Panels)
            .Where(
                panel => panel.Text.Contains("could not be read", StringComparison.Ordinal)
                    || panel.Text.Contains("cannot be judged", StringComparison.Ordinal));
        Assert.Empty(panels.Split(' ').Except(said.Select(panel => panel.Id)));
        Assert.All(said, panel => Assert.True(panel.State is DashboardState.Warning or DashboardState.Bad, $"{panel.Id}: {panel.State}"));
        Assert.True(document.Tabs.SelectMany(tab => tab.Panels).Count() - said.Count() > 30);
        Assert.NotEqual(DashboardState.Ok, document.Tabs[0].State);
    }

    [Theory]
    [InlineData("METRIC", "VALUE", "anomalies-unreadable")]
    [InlineData("METRIC", "METRIC", "anomalies-unreadable")]
    [InlineData("QUARANTINE", "RULE", "load-quarantine")]
    [InlineData("SNAPSHOT", "ROW_COUNT", "engagement-unreadable")]
    [InlineData("CHECK_RESULT", "MESSAGE", "integrity-unreadable")]
    public async Task A_table_of_another_shape_costs_the_panels_that_show_it(string table, string column, string panel)
    {
        await using var test = await SoundAsync();
        await test.ExecuteAsync($"ALTER TABLE LOYALTY.{table} RENAME COLUMN {column} TO ELSE_WHERE");

        var document = await DescribeAsync(test);

        Assert.StartsWith("This could not be read: ", PanelOf(document, panel).Text, StringComparison.Ordinal);
        Assert.Equal(8, document.Tabs.Count);
        Assert.Equal(DashboardState.Bad, document.Tabs[0].State);
    }

    /// <summary>Of many regions and features the page shows those that matter most, and says what it leaves out.</summary>
    [Fact]
    public async Task Of_three_hundred_regions_and_two_hundred_features_those_are_shown_that_matter_most()
    {
        await using var test = await SoundAsync();
        await test.ExecuteAsync(
            """
            INSERT INTO LOYALTY.METRIC SELECT d.RUN_DATE, m.METRIC, 'R' || LPAD(CAST(r.range AS VARCHAR), 3, '0'), CASE WHEN m.METRIC = 'mean_score' THEN 50 ELSE 1000 + r.range END
            FROM (SELECT DISTINCT RUN_DATE FROM LOYALTY.METRIC) AS d, (SELECT DISTINCT METRIC FROM LOYALTY.METRIC WHERE REGION_CODE <> '*') AS m, range(300) AS r;
            UPDATE LOYALTY.METRIC SET VALUE = VALUE + 400000 WHERE REGION_CODE = '*' AND METRIC IN ('users', 'users.engaged', 'users.unscored', 'users.highly_engaged', 'users.low_engagement');
            INSERT INTO LOYALTY.ADOPTION (RUN_DATE, REGION_CODE, REGION_NAME, REGION_CLASS, MODULE_NAME, FEATURE_NAME, USERS, ACTIVE_USERS, ADOPTERS, ACTIVE_ADOPTERS, ADOPTERS_BEFORE, ACTIVE_30D, USE_COUNT)
            SELECT (SELECT MAX(RUN_DATE) FROM LOYALTY.METRIC), 'R' || LPAD(CAST(r.range AS VARCHAR), 3, '0'), 'Region', 'Core', 'Module ' || CAST(f.range % 9 AS VARCHAR), 'Feature ' || CAST(f.range AS VARCHAR),
                1000 + r.range, 900 + r.range, 100 + f.range, 90 + f.range, 90 + f.range, 80 + f.range, 500
            FROM range(300) AS r, range(200) AS f
            """);

        var document = await DescribeAsync(test);

        var rates = PanelOf(document, "adoption-rates");
        Assert.Equal(
            (40, 40),
            (rates.Table!.Rows.Select(row => row[0]).Distinct().Count(), rates.Table.Rows.Select(row => row[2]).Distinct().Count()));
        Assert.Contains("R299", rates.Table.Rows.Select(row => row[0]));
        Assert.Matches(
            @"Shown are 40 of 3\d\d regions, those of most users\. Shown are 40 of 2\d\d features, those of most adopters\.", rates.Text);
        var regions = PanelOf(document, "engagement-regions").Table!.Rows;
        Assert.Equal(41, regions.Select(row => row[0]).Distinct().Count());
        Assert.Contains("(other regions)", regions.Select(row => row[0]));
        Assert.Contains(
            "Each of the 40 regions of most users is shown", PanelOf(document, "engagement-regions").Text, StringComparison.Ordinal);
        Assert.Contains(
            "Of the regions the 40 of most users are judged here", PanelOf(document, "anomalies-summary").Text, StringComparison.Ordinal);
        Assert.All(document.Tabs.SelectMany(tab => tab.Panels), AssertChartFits);
    }

    private static void AssertChartFits(DashboardPanel panel)
    {
        if (panel.Table is { } table)
            Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count));
        if (panel.Chart is { } chart)
            Assert.All(
                new[] { chart.X, chart.Value, chart.Series, chart.Low, chart.High, chart.Mark }.OfType<string>(),
                name => Assert.Contains(panel.Table!.Columns, column => column.Name == name));
    }

    private static DashboardTab Tab(DashboardDocument document, string id) => document.Tabs.Single(tab => tab.Id == id);

    private static DashboardPanel PanelOf(DashboardDocument document, string id) =>
        document.Tabs.SelectMany(tab => tab.Panels).Single(panel => panel.Id == id);

    private static Task<DashboardDocument> DescribeAsync(TestWarehouse test) =>
        new PipelineDashboard(test.Pipeline).DescribeAsync(test.Warehouse, days: 90, wait: null, test.Reporter, TestWarehouse.Token);

    private static Task<FileInfo> ExportAsync(TestWarehouse test, string path, string? destination = null) =>
        new PipelineDashboard(test.Pipeline).ExportAsync(
            test.Warehouse, new DashboardOptions(path, Destination: destination), test.Reporter, TestWarehouse.Token);

    private static Task CheckAsync(TestWarehouse test, params string[] checks) =>
        new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions { Checks = checks }, test.Reporter, TestWarehouse.Token);

    // With a past like the newest day, give or take a thousandth, so that each figure can be judged.
    private async Task<TestWarehouse> SoundAsync() => await clean.CopyAsync(await Sound.Value);

    private static async Task<byte[]> MakeSoundAsync()
    {
        using var clean = new CleanWarehouse();
        string path;
        await using (var test = await clean.CopyAsync())
        {
            path = test.Warehouse.Location;
            await test.ExecuteAsync(
                $"""
                DELETE FROM LOYALTY.METRIC WHERE RUN_DATE < DATE '{CleanWarehouse.LastDay:yyyy-MM-dd}';
                INSERT INTO LOYALTY.METRIC
                SELECT CAST(RUN_DATE - CAST(d.range AS INTEGER) AS DATE), METRIC, REGION_CODE, VALUE * (1 + 0.001 * SIN(d.range * 12.9898)) FROM LOYALTY.METRIC, range(1, 171) AS d
                """);
            await CheckAsync(test);
        }

        return await File.ReadAllBytesAsync(path, TestWarehouse.Token);
    }
}

using Xunit;

namespace LoyaltyPipeline.Browser.Tests;

/// <summary>The dashboard of a pipeline in which things went wrong, opened as a reader opens it.</summary>
public sealed class DashboardIncidentTests(Chromium chromium, IncidentsPage incidents)
{
    // A tab, how it is, and what is said there and on no other but the overview.
    private static readonly (string Tab, string State, string Said)[] Incidents =
    [
        ("load", "look", "GuardTripped"),
        ("anomalies", "look", $"most of it from {IncidentsPage.Region} (-"),
        ("integrity", "failed", "the segment does not follow from score and thresholds"),
        ("deliveries", "look", "Started, of"),
    ];

    [Fact]
    public async Task Every_tab_opens_with_its_charts_and_the_page_is_silent()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, incidents.FilePath);

        var tabs = await page.TabsAsync();
        Assert.Equal(["overview", "load", "anomalies", "integrity", "engagement", "adoption", "deliveries", "catalog"], tabs);
        var charts = new List<DrawnChart>();
        foreach (var tab in tabs)
        {
            await page.ShowAsync(tab);
            charts.AddRange(await page.ChartsAsync(tab));
        }

        Assert.All(charts, chart => Assert.True(chart.Shapes > 2, $"{chart.Panel}: {chart.Shapes} shapes"));
        Assert.Superset(
            new HashSet<string>
            {
                "overview-users",
                "load-steps",
                "load-last",
                "load-sources",
                "metric-users",
                "engagement-regions",
                "engagement-moves",
                "engagement-scores",
                "adoption-rates",
                "deliveries-audience",
            },
            charts.Select(chart => chart.Panel).ToHashSet());
        page.AssertQuiet();
    }

    [Fact]
    public async Task What_went_wrong_is_seen_on_its_tab_and_nowhere_else()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, incidents.FilePath);
        var overview = await page.TextAsync("overview");

        Assert.Contains("Not sound", overview, StringComparison.Ordinal);
        foreach (var (tab, state, said) in Incidents)
        {
            await page.ShowAsync(tab);
            Assert.Contains(said, await page.TextAsync(tab), StringComparison.Ordinal);
            Assert.Equal($", {state}", await page.Page.Locator($"#tab-{tab} > :last-child").TextContentAsync());
            foreach (var other in (await page.TabsAsync()).Where(other => other != tab && other != "overview"))
            {
                await page.ShowAsync(other);
                Assert.DoesNotContain(said, await page.TextAsync(other), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Ninety_days_are_behind_the_charts_and_the_planted_day_is_marked()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, incidents.FilePath, fragment: "anomalies");

        var days = await page.RowsAsync("metric-users");

        Assert.Equal(IncidentsPage.Days, days.Count);
        Assert.Equal("Drop", days[^1][^1]);
        Assert.Single(days, day => day[^1] == "Drop");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(900)]
    [InlineData(1400)]
    public async Task It_fits_windows_of_all_widths(int width)
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, incidents.FilePath, width);

        foreach (var tab in await page.TabsAsync())
        {
            await page.ShowAsync(tab);
            Assert.Equal((tab, 0), (tab, await page.OverflowAsync()));
            await page.ScreenshotAsync($"{tab}-{width}");
        }
    }
}

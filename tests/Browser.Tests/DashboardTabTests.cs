using LoyaltyPipeline.Core.Tests.Dashboard;
using Xunit;

namespace LoyaltyPipeline.Browser.Tests;

/// <summary>What the dashboard shows, tab by tab, and that it shows texts as texts.</summary>
public sealed class DashboardTabTests(Chromium chromium)
{
    [Fact]
    public async Task Every_tab_opens_all_charts_are_drawn_nothing_is_asked_for_and_the_console_is_silent()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.Path);
        var document = DashboardSample.Make();

        Assert.Equal(document.Tabs.Select(tab => tab.Id), await page.TabsAsync());
        foreach (var tab in document.Tabs)
        {
            await page.ShowAsync(tab.Id);
            var text = await page.TextAsync(tab.Id);
            var charts = await page.ChartsAsync(tab.Id);

            Assert.All(tab.Panels, panel => Assert.Contains(panel.Title, text, StringComparison.Ordinal));
            Assert.Equal(tab.Panels.Where(panel => panel.Chart is not null).Select(panel => panel.Id), charts.Select(chart => chart.Panel));
            Assert.All(
                charts,
                chart => Assert.True(
                    chart.Shapes > 4 && chart.Texts.Length > 3, $"{chart.Panel}: {chart.Shapes} shapes, {chart.Texts.Length} texts"));
        }

        page.AssertQuiet();
    }

    [Fact]
    public async Task Charts_show_their_names_values_and_lines_across()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.CalmPath, fragment: "features");
        var heat = Assert.Single(await page.ChartsAsync("features"));
        Assert.Contains("Nordics", heat.Texts);
        Assert.Contains("86.7 %", heat.Texts);

        await page.ShowAsync("anomalies");
        var bands = await page.ChartsAsync("anomalies");
        Assert.Equal(["band-0", "band-3"], bands.Where(chart => chart.Texts.Contains("!")).Select(chart => chart.Panel));

        await page.ShowAsync("engagement");
        var charts = await page.ChartsAsync("engagement");
        Assert.Contains("high from 71.5", charts.Single(chart => chart.Panel == "scores").Texts);
        Assert.Contains("Unscored 77,100", charts.Single(chart => chart.Panel == "moves").Texts);

        await page.ShowAsync("load");
        charts = await page.ChartsAsync("load");
        Assert.Contains("9 s", charts.Single(chart => chart.Panel == "gantt").Texts);
        Assert.Contains("release 0.9", charts.Single(chart => chart.Panel == "runs").Texts);
    }

    [Fact]
    public async Task Behind_every_chart_are_all_of_its_rows()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.CalmPath, fragment: "load");
        var runs = DashboardSample.Make().Tabs[1].Panels[0];

        var rows = await page.RowsAsync("runs");

        Assert.Equal(runs.Table!.Rows.Count, rows.Count);
        Assert.Equal(runs.Table.Rows.Select(row => (string)row[0]!), rows.Select(row => row[0]));
        Assert.Equal("Runs by step", await page.Page.Locator("#card-runs caption").TextContentAsync());
        Assert.Equal(3, await page.Page.Locator("#card-runs thead th[scope=col]").CountAsync());
        Assert.Equal(rows.Count, await page.Page.Locator("#card-runs tbody th[scope=row]").CountAsync());
    }

    [Fact]
    public async Task States_and_strips_are_said_in_words_and_each_has_a_symbol_of_its_own()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.CalmPath, fragment: "integrity");

        var rows = await page.RowsAsync("checks");
        Assert.Equal(["sound", "look", "failed", "unknown"], rows.Take(4).Select(row => row[1]));
        Assert.Equal("30 results, oldest first: 23 sound, 4 failed; the newest 4 are failed", rows[2][2]);
        var symbols = await page.Page.EvaluateAsync<string[]>(
            "() => [...new Set([...document.querySelectorAll('#card-checks .mark')].map(mark => mark.textContent))].sort()");
        Assert.Equal(["!", "?", "·", "✓", "✗"], symbols.Order(StringComparer.Ordinal));

        var text = await page.PanelTextAsync("chain");
        Assert.Contains("2 users were delivered that History does not know", text, StringComparison.Ordinal);
        Assert.Equal(
            ["✓sound", "✓sound", "✗failed", "!look", "?unknown"],
            await page.Page.Locator("#card-chain .arrow .badge").AllTextContentsAsync());
    }

    [Fact]
    public async Task A_table_is_searched_for_words()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.CalmPath, fragment: "catalog");

        await page.Page.Locator("#card-columns input").FillAsync("thresholds column_7");

        Assert.Equal(1, await page.Page.Locator("#card-columns tbody tr:visible").CountAsync());
        Assert.Equal("1 of 156 rows", await page.Page.Locator("#card-columns output").TextContentAsync());
    }

    [Fact]
    public async Task Texts_from_data_are_shown_as_texts()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.Path);

        Assert.Equal(DashboardSample.Hostile, await page.Page.Locator("h1").TextContentAsync());
        Assert.Equal(DashboardSample.Hostile, await page.Page.Locator("title").TextContentAsync());
        Assert.Contains(await page.RowsAsync("segments-bars"), row => row[0] == DashboardSample.Script);
        await page.ShowAsync("features");
        Assert.Contains((await page.ChartsAsync("features"))[0].Texts, text => text.StartsWith("<script>alert", StringComparison.Ordinal));
        Assert.Equal(4, await page.Page.EvaluateAsync<int>("() => document.scripts.length"));
        Assert.Equal(0, await page.Page.Locator("img").CountAsync());
        page.AssertQuiet();
    }

    [Theory]
    [InlineData("nowhere", "overview")]
    [InlineData("%", "overview")]
    [InlineData("engagement", "engagement")]
    [InlineData("gantt", "load")]
    public async Task The_address_names_a_tab_or_a_panel_and_the_first_tab_stands_in_for_what_is_not_there(string fragment, string shown)
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.CalmPath, fragment: fragment);

        Assert.Equal(shown, await page.ShownAsync());
        Assert.Equal(1, await page.Page.Locator("[role=tabpanel]:visible").CountAsync());
        page.AssertQuiet();
    }
}

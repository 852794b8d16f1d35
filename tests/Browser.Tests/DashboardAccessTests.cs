using Microsoft.Playwright;
using Xunit;

namespace LoyaltyPipeline.Browser.Tests;

/// <summary>Who can read the dashboard, and where: by keyboard, in light and dark, on a telephone, on paper.</summary>
public sealed class DashboardAccessTests(Chromium chromium)
{
    [Fact]
    public async Task All_of_it_is_reached_by_keyboard()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.CalmPath);
        var keyboard = page.Page.Keyboard;

        await keyboard.PressAsync("Tab");
        Assert.Equal("theme", await FocusedAsync(page));
        await keyboard.PressAsync("Space");
        Assert.Equal("dark", await page.Page.Locator("html").GetAttributeAsync("data-theme"));
        await keyboard.PressAsync("Tab");
        Assert.Equal("tab-overview", await FocusedAsync(page));
        Assert.True(await page.Page.EvaluateAsync<bool>("() => getComputedStyle(document.activeElement).outlineStyle === 'solid'"));

        foreach (var (key, tab) in new[] { ("ArrowRight", "load"), ("End", "catalog"), ("ArrowRight", "overview"), ("ArrowLeft", "catalog"),
            ("Home", "overview"), ("ArrowRight", "load") })
        {
            await keyboard.PressAsync(key);
            Assert.Equal($"tab-{tab}", await FocusedAsync(page));
            Assert.Equal(tab, await page.ShownAsync());
            Assert.EndsWith($"#{tab}", page.Page.Url, StringComparison.Ordinal);
        }

        await keyboard.PressAsync("Tab");
        Assert.Equal("panels-load", await FocusedAsync(page));
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await page.Page.Locator("#card-runs details[open] tbody").WaitForAsync();
        Assert.Equal(630, await page.Page.Locator("#card-runs details[open] tbody tr").CountAsync());
        // A table takes the focus once the page has measured that it scrolls, which is a moment after it was drawn.
        await page.Page.Locator("#card-runs .table-scroll[tabindex]").WaitForAsync();
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Tab");
        Assert.Equal(
            "Table: Runs by step", await page.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label')"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_text_has_contrast(ColorScheme scheme)
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.Path, scheme: scheme);
        Assert.Equal(scheme == ColorScheme.Dark ? "dark" : "light", await page.Page.Locator("html").GetAttributeAsync("data-theme"));

        foreach (var tab in await page.TabsAsync())
        {
            await page.ShowAsync(tab);
            var texts = await page.Page.EvaluateAsync<string[]>(Contrast.Script);
            var found = texts.Select(text => text.Split('|', 2)).Select(parts => (Ratio: double.Parse(parts[0]), Text: parts[1])).ToList();
            Assert.True(found.Count > 20, $"{tab}: {found.Count} texts");
            Assert.All(found, text => Assert.True(text.Ratio >= 4.5, $"{tab}: {text.Ratio:0.00} {text.Text}"));
        }
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_it_is_chosen_and_charts_follow_the_theme()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.CalmPath);
        Task BarsAreAsync(string colour) =>
            page.Page.WaitForFunctionAsync(
                "colour => document.querySelectorAll(`#card-segments-bars svg path[fill='${colour}']`).length === 6", colour,
                new() { Timeout = 5000 });

        await BarsAreAsync("#1f6fb5");
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await BarsAreAsync("#6db3f2");
        await page.Page.Locator("#theme").ClickAsync();
        await BarsAreAsync("#1f6fb5");
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await BarsAreAsync("#1f6fb5");
        page.AssertQuiet();
    }

    [Theory]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(900, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    public async Task No_width_makes_the_page_scroll_sideways(int width, ColorScheme scheme)
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.CalmPath, width, scheme);
        foreach (var tab in await page.TabsAsync())
        {
            await page.ShowAsync(tab);
            Assert.Equal(0, await page.OverflowAsync());
            await page.ScreenshotAsync($"sample-{tab}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
        }

        // What scrolls by itself instead can be reached, and what does not is no stop on the way.
        var unreachable = await page.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.scroll')].filter(region => region.clientWidth > 0)
                .filter(region => (region.scrollWidth > region.clientWidth + 1 || region.scrollHeight > region.clientHeight + 1) !== (region.tabIndex === 0))
                .map(region => region.dataset.label)
            """);
        Assert.Empty(unreachable);
        page.AssertQuiet();
    }

    [Fact]
    public async Task Charts_are_drawn_again_for_another_width()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.CalmPath);
        await page.Page.SetViewportSizeAsync(400, 900);
        await page.Page.WaitForFunctionAsync("() => document.querySelector('#card-segments-bars svg').getAttribute('width') < 400");

        Assert.Equal(0, await page.OverflowAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task On_paper_there_is_everything_and_afterwards_the_page_is_as_before()
    {
        await using var page = await DashboardBrowser.OpenAsync(chromium, SamplePage.CalmPath, scheme: ColorScheme.Dark);
        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.chart')].every(chart => chart.dataset.drawn)");

        Assert.Equal(8, await page.Page.Locator("[role=tabpanel]:visible").CountAsync());
        Assert.Equal(14, await page.Page.Locator(".chart:visible svg").CountAsync());
        Assert.Equal(0, await page.Page.Locator("details:not([open])").CountAsync());
        Assert.Equal(630, await page.Page.Locator("#card-runs tbody tr:visible").CountAsync());
        Assert.Equal("light", await page.Page.Locator("html").GetAttributeAsync("data-theme"));
        Assert.Equal(
            0,
            await page.Page.EvaluateAsync<int>(
                "() => [...document.querySelectorAll('.chart svg')].filter(svg => svg.getBoundingClientRect().width > 690).length"));
        Assert.Equal(
            0,
            await page.Page.EvaluateAsync<int>(
                "() => [...document.querySelectorAll('table')].filter(table => table.getBoundingClientRect().right > table.closest('.card').getBoundingClientRect().right).length"));
        await page.Page.PdfAsync(new() { Path = Path.Combine(DashboardBrowser.ArtifactsFolder, "sample.pdf"), Format = "A4" });

        await page.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.Page.WaitForFunctionAsync("() => document.documentElement.dataset.theme === 'dark'");
        Assert.Equal(1, await page.Page.Locator("[role=tabpanel]:visible").CountAsync());
        Assert.Equal(0, await page.Page.Locator("details[open]").CountAsync());
        page.AssertQuiet();
    }

    [Fact]
    public async Task Without_scripts_the_page_says_what_it_needs()
    {
        await using var context = await chromium.Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(SamplePage.CalmPath).AbsoluteUri);

        Assert.Contains("allow JavaScript", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static Task<string> FocusedAsync(DashboardBrowser page) => page.Page.EvaluateAsync<string>("() => document.activeElement.id");
}

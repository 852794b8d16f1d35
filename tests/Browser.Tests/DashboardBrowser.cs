using LoyaltyPipeline.Core.Tests.Support;
using Microsoft.Playwright;

namespace LoyaltyPipeline.Browser.Tests;

/// <summary>
/// A dashboard file, opened in a browser whose network is off. A test takes <see cref="Chromium"/> in its constructor, opens the file and
/// asks tab by tab: <code>
/// await using var page = await DashboardBrowser.OpenAsync(chromium, path);
/// await page.ShowAsync("anomalies");                          // clicks the tab and waits until all of its charts are drawn
/// Assert.Contains("Nordics", await page.TextAsync("anomalies"));
/// Assert.All(await page.ChartsAsync("anomalies"), chart => Assert.True(chart.Shapes > 2));
/// Assert.Contains(await page.RowsAsync("checks"), row => row[1] == "failed");
/// await page.ScreenshotAsync("anomalies");                    // artifacts/dashboard/anomalies.png
/// page.AssertQuiet();                                         // no error on the console, no request
/// </code>
/// </summary>
internal sealed class DashboardBrowser : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    private DashboardBrowser(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    /// <summary>The page itself, for what this class does not offer.</summary>
    public IPage Page { get; }

    /// <summary>Errors and warnings on the console, exceptions, and dialogs that the page has opened.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>What the page has asked for beside itself.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>Where screenshots go.</summary>
    public static string ArtifactsFolder { get; } =
        Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "dashboard")).FullName;

    /// <summary>Opens a file and waits for its first chart.</summary>
    /// <param name="width">How wide the window is, in pixels.</param>
    /// <param name="scheme">Which theme the system prefers.</param>
    /// <param name="fragment">What the address says after #; null for nothing.</param>
    public static async Task<DashboardBrowser> OpenAsync(
        Chromium chromium, string path, int width = 1400, ColorScheme scheme = ColorScheme.Light, string? fragment = null)
    {
        var context = await chromium.Browser.NewContextAsync(
            new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, Offline = true });
        var opened = new DashboardBrowser(context, await context.NewPageAsync());
        var address = new Uri(Path.GetFullPath(path)).AbsoluteUri;
        opened.Listen(address);
        await opened.Page.GotoAsync(fragment is null ? address : $"{address}#{fragment}");
        await opened.WaitForChartsAsync();
        return opened;
    }

    /// <summary>The ids of the tabs, in order.</summary>
    public async Task<IReadOnlyList<string>> TabsAsync() =>
        await Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[role=tab]')].map(tab => tab.id.slice('tab-'.length))");

    /// <summary>The id of the tab that is shown.</summary>
    public async Task<string> ShownAsync() =>
        (await Page.Locator("[role=tab][aria-selected=true]").GetAttributeAsync("id"))!["tab-".Length..];

    /// <summary>Clicks a tab and waits until all of its charts are drawn.</summary>
    public async Task ShowAsync(string tab)
    {
        await Page.Locator($"#tab-{tab}").ClickAsync();
        await Page.Locator($"#panels-{tab}").WaitForAsync();
        await WaitForChartsAsync();
    }

    /// <summary>All that a tab says, as a reader sees it, without what is folded and without the words in charts.</summary>
    /// <param name="tab">The id of the tab, which must be shown.</param>
    public Task<string> TextAsync(string tab) => Page.Locator($"#panels-{tab}").InnerTextAsync();

    /// <summary>What a panel says, likewise.</summary>
    /// <param name="panel">The id of the panel, whose tab must be shown.</param>
    public Task<string> PanelTextAsync(string panel) => Page.Locator($"#card-{panel}").InnerTextAsync();

    /// <summary>The charts of a tab, as they are drawn.</summary>
    /// <param name="tab">The id of the tab, which must be shown.</param>
    public async Task<IReadOnlyList<DrawnChart>> ChartsAsync(string tab) => await Page.EvaluateAsync<DrawnChart[]>(
        """
        tab => [...document.querySelectorAll(`#panels-${tab} .chart`)].map(chart => ({
            Panel: chart.closest('.card').id.slice('card-'.length),
            Label: chart.getAttribute('aria-label'),
            Shapes: [...chart.querySelectorAll('svg path')].filter(shape => shape.getBBox().width + shape.getBBox().height > 0).length,
            Texts: [...chart.querySelectorAll('svg text')].map(text => text.textContent),
        }))
        """,
        tab);

    /// <summary>The rows of a panel's table, opened where it is folded, as texts; a state is its word, a strip its description.</summary>
    /// <param name="panel">The id of the panel, whose tab must be shown.</param>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> RowsAsync(string panel)
    {
        var folded = Page.Locator($"#card-{panel} details:not([open]) > summary");
        if (await folded.CountAsync() > 0)
            await folded.ClickAsync();
        await Page.Locator($"#card-{panel} table").WaitForAsync();
        return await Page.EvaluateAsync<string[][]>(
            """
            panel => [...document.querySelectorAll(`#card-${panel} tbody tr`)].map(row => [...row.cells].map(cell =>
                cell.querySelector('.strip')?.getAttribute('aria-label') ?? cell.querySelector('.badge > :last-child')?.textContent ?? cell.textContent))
            """,
            panel);
    }

    /// <summary>By how many pixels the page is wider than its window.</summary>
    /// <returns>The pixels; 0 is as it must be.</returns>
    public Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>How long it took from the navigation to the first chart, as the page measures it.</summary>
    public Task<double> FirstChartAsync() => Page.EvaluateAsync<double>("() => Number(document.documentElement.dataset.firstChart)");

    /// <summary>Keeps the whole page as a picture.</summary>
    /// <param name="name">Its name, without the extension.</param>
    public Task ScreenshotAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(ArtifactsFolder, $"{name}.png"), FullPage = true });

    /// <summary>Fails where the page has complained or has asked for something.</summary>
    public void AssertQuiet()
    {
        Xunit.Assert.Empty(_complaints);
        Xunit.Assert.Empty(_requests);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    // A tab is shown, and all of its charts are drawn; none is all, where there are none.
    private Task WaitForChartsAsync() => Page.WaitForFunctionAsync(
        """
        () => {
            const shown = document.querySelector('[role=tabpanel]:not([hidden])');
            return shown !== null && [...shown.querySelectorAll('.chart')].every(chart => chart.dataset.drawn);
        }
        """);

    private void Listen(string address)
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add($"{message.Type}: {message.Text}");
        };
        Page.PageError += (_, error) => _complaints.Add(error);
        Page.Dialog += async (_, dialog) =>
        {
            _complaints.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        Page.Request += (_, request) =>
        {
            if (request.Url.Split('#')[0] != address)
                _requests.Add(request.Url);
        };
    }
}

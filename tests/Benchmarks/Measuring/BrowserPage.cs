using System.Globalization;
using Microsoft.Playwright;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Opens a page in Chromium, without a window.</summary>
internal static class BrowserPage
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"];

    /// <summary>Opens a dashboard and finds out how long its first chart took, by the page's own clock.</summary>
    /// <returns>Seconds from the beginning of the navigation; null where Debian's Chromium is not installed.</returns>
    public static async Task<double?> FirstChartAsync(string path)
    {
        if (!File.Exists(Chromium))
            return null;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Arguments });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        var milliseconds = await page.WaitForFunctionAsync("() => document.documentElement.dataset.firstChart");
        return double.Parse(await milliseconds.JsonValueAsync<string>(), CultureInfo.InvariantCulture) / 1000;
    }
}

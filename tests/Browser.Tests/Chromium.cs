using System.Diagnostics;
using LoyaltyPipeline.Core.Tests.Support;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(LoyaltyPipeline.Browser.Tests.Chromium))]
[assembly: Trait("Group", "Browser")]

namespace LoyaltyPipeline.Browser.Tests;

/// <summary>
/// The browser of all tests here: the one that LOYALTY_TEST_CHROMIUM names, else Debian's, which is installed where it is not and apt and
/// root are there. Where there is none, tests that ask for it are skipped, with the reason.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string InstalledPath = "/usr/bin/chromium";
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _missing;

    /// <summary>The browser; a test that asks for it where there is none is skipped.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(_missing is not null, _missing ?? "");
            return _browser!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var named = Environment.GetEnvironmentVariable("LOYALTY_TEST_CHROMIUM");
        var path = named ?? InstalledPath;
        if (!File.Exists(path))
            _missing = named is null ? await InstallAsync() : $"LOYALTY_TEST_CHROMIUM names {named}, where there is no browser.";
        if (_missing is not null)
            return;

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    // Null when it is there; else why it is not.
    private static async Task<string?> InstallAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/etc/debian_version"))
            return $"The dashboard is opened in Chromium, which is not at {InstalledPath} and can be installed only on Debian; LOYALTY_TEST_CHROMIUM can name another.";

        var script = Path.Combine(Repository.Root, "tests", "support", "Chromium", "install.sh");
        using var process =
            Process.Start(new ProcessStartInfo("bash", [script]) { RedirectStandardError = true, UseShellExecute = false })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return File.Exists(InstalledPath)
            ? null
            : $"The dashboard is opened in Chromium, which is not at {InstalledPath}: tests/support/Chromium/install.sh failed: {errors.Trim()}";
    }
}

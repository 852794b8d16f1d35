using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>Opens a page in Chromium, without a window.</summary>
internal static partial class BrowserPage
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--timeout=5000", "--dump-dom",
    ];

    /// <summary>Opens a dashboard and finds out how long its first chart took, by the page's own clock.</summary>
    /// <param name="path">The page.</param>
    /// <param name="cancellationToken">Ends the browser.</param>
    /// <returns>Seconds from the beginning of the navigation; null where Debian's Chromium is not installed.</returns>
    public static async Task<double?> FirstChartAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(Chromium))
            return null;
        var profile = Directory.CreateTempSubdirectory("loyalty-chromium-");
        try
        {
            var start = new ProcessStartInfo(Chromium, [.. Arguments, $"--user-data-dir={profile.FullName}", new Uri(path).AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            try
            {
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            var said = FirstChart().Match(await output);
            return said.Success
                ? double.Parse(said.Groups["milliseconds"].Value, CultureInfo.InvariantCulture) / 1000
                : throw new InvalidOperationException($"{path} drew no chart: {await errors}");
        }
        finally
        {
            profile.Delete(recursive: true);
        }
    }

    [GeneratedRegex("data-first-chart=\"(?<milliseconds>[0-9.]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstChart();
}

using System.Text.RegularExpressions;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Help;

/// <summary>
/// The output that the quick start shows is what a window of 80 columns shows: each block of text is what the commands before it write.
/// </summary>
public sealed partial class QuickStartTests : IDisposable
{
    // How long a thing took, and what differs between runs and places.
    private const string Varying =
        @"\b[0-9a-f]{20,64}\b|(?<=Size .*gz +)\d+|(?<=\d +)\d+\.\d\d$|(?<=Location\n-+ +-+ +-+\nDuckDB +True +).+";

    private readonly ModuleRunspace _session = new();

    [GeneratedRegex(
        @"```powershell\n(?<code>(?:(?!```).*\n)+)```\n(?:\n```text\n(?<shown>(?:(?!```).*\n)+)```)?", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Step { get; }

    [GeneratedRegex(Varying, RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Changing { get; }

    [GeneratedRegex(@"[ \r]+$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LastBlanks { get; }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void It_shows_what_is_seen()
    {
        var steps = Step.Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "quick-start.md")).ReplaceLineEndings("\n"));

        Assert.Contains(steps, step => step.Groups["shown"].Success);
        foreach (Match step in steps)
        {
            var code = step.Groups["code"].Value.Replace(
                "./LoyaltyPipeline.psd1", RepositoryRoot.Combine("LoyaltyPipeline.psd1"), StringComparison.Ordinal);
            // A line by itself, as it is typed: what two lines write would else be one table.
            var seen = code.TrimEnd().Split('\n')
                .Select(line => (string?)_session.Run($"{line} | Out-String -Width 80").Succeeded().Output.SingleOrDefault() ?? string.Empty)
                .Select(Plain).Where(text => text.Length > 0);
            if (step.Groups["shown"].Success)
                Assert.Equal(Plain(step.Groups["shown"].Value), string.Join("\n\n", seen));
        }
    }

    private static string Plain(string text) =>
        Changing.Replace(LastBlanks.Replace(text.ReplaceLineEndings("\n"), string.Empty).Trim('\n'), "…");
}

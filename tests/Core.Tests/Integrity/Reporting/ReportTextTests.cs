using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using LoyaltyPipeline.Core.Integrity;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Reporting;

/// <summary>Reports can be read whatever is in them, and equal results yield equal bytes.</summary>
public sealed class ReportTextTests : IDisposable
{
    private static readonly string[] Texts = ["check_id", "table", "column", "message", "threshold", "sql"];

    private readonly ReportFolder _folder = new();

    public static TheoryData<string> Hostile => ReportSamples.Hostile;

    public static TheoryData<string> Names { get; } = new("r.xml", "r.nunit.xml", "r.json");

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Any_text_makes_a_valid_JUnit_report_that_says_it(string text)
    {
        var root = _folder.WriteXml("r.xml", ReportSamples.EveryWith(text));

        Assert.All(root.Descendants("testcase"), test => Assert.Equal(Shown(text), Unlined(test.Attribute("name")!.Value)));
        Assert.All(root.Descendants().Attributes("message"), message => Assert.Equal(Shown(text), Unlined(message.Value)));
        Assert.Contains(Shown(text), Unlined(root.Descendants("failure").Single().Value), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Any_text_makes_a_valid_NUnit_report_that_says_it(string text)
    {
        var root = _folder.WriteXml("r.nunit.xml", ReportSamples.EveryWith(text));

        Assert.All(root.Descendants("test-case"), test => Assert.Equal(Shown(text), Unlined(test.Attribute("name")!.Value)));
        Assert.All(
            root.Descendants("message"), message => Assert.StartsWith(Shown(text), Unlined(message.Value), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Any_text_makes_a_valid_report_in_JSON_that_says_it(string text)
    {
        using var report = JsonDocument.Parse(await _folder.WriteJsonAsync(ReportSamples.EveryWith(text)));

        // Halves of pairs have no form in UTF-8; all else is as it was.
        var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        Assert.All(report.RootElement.GetProperty("results").EnumerateArray(), result =>
            Assert.All(Texts, name => Assert.Equal(expected, result.GetProperty(name).GetString())));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_results_yield_equal_bytes_without_mark_or_carriage_returns(string name)
    {
        var first = _folder.Write(name, ReportSamples.EveryWith("a\r\nb\rc"));
        var second = _folder.Write(
            $"again.{name}",
            [.. ReportSamples.EveryWith("a\r\nb\rc").Select(result => result.With(copy => copy.Sample = [.. result.Sample]))]);

        Assert.Equal(first, second);
        Assert.NotEqual(Encoding.UTF8.Preamble.ToArray(), first[..3]);
        Assert.DoesNotContain((byte)'\r', first);
        Assert.Equal((byte)'\n', first[^1]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_culture_of_the_session_changes_nothing(string name)
    {
        IReadOnlyList<CheckResult> results = [ReportSamples.Failed.With(
            copy => (copy.Violations, copy.Total, copy.Seconds) = (1, 3, 1234.5))];
        var expected = _folder.Write(name, results);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(string.Empty)
            {
                NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "~" },
                DateTimeFormat = new DateTimeFormatInfo { DateSeparator = ".", TimeSeparator = "." },
            };
            Assert.Equal(expected, _folder.Write(name, results));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    public void Dispose() => _folder.Dispose();

    // What XML cannot say is seen to be missing.
    private static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            shown.Append(rune.Value is < ' ' and not ('\t' or '\n' or '\r') or 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString());
        return Unlined(shown.ToString());
    }

    // Ends of lines are written as LF, whatever they were.
    private static string Unlined(string text) => text.ReplaceLineEndings("\n");
}

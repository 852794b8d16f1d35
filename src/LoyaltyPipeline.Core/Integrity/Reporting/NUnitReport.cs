using System.Globalization;
using System.Xml;

namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>
/// Results as NUnit 3's XML; <c>module/schemas/nunit.xsd</c> describes it. Readers look for the tests below a suite of the type Assembly,
/// so one stands for the whole; a check that could not be made is a failure with the label Error.
/// </summary>
internal sealed class NUnitReport
{
    private readonly XmlWriter _xml;
    private int _lastId;

    private NUnitReport(XmlWriter xml) => _xml = xml;

    /// <summary>Writes results.</summary>
    public static void Write(Stream stream, IReadOnlyList<CheckResult> results, string moduleVersion) =>
        ReportXml.Write(stream, xml => xml.Element("test-run", () => new NUnitReport(xml).WriteRun(results, moduleVersion)));

    private void WriteRun(IReadOnlyList<CheckResult> results, string moduleVersion)
    {
        _xml.Attribute("id", "0");
        WriteFigures(results);
        _xml.Attribute("engine-version", moduleVersion);
        _xml.Element("test-suite", () =>
        {
            WriteHead("Assembly", ReportText.Product, ReportText.Product, results);
            _xml.Properties(results, moduleVersion);
            foreach (var suite in results.GroupBy(result => result.Suite))
                _xml.Element("test-suite", () => WriteSuite(suite.Key, [.. suite]));
        });
    }

    private void WriteSuite(CheckSuite suite, IReadOnlyList<CheckResult> results)
    {
        WriteHead("TestFixture", suite.ToString(), ReportText.ClassOf(suite), results);
        foreach (var result in results)
            _xml.Element("test-case", () => WriteCase(result));
    }

    private void WriteHead(string type, string name, string fullName, IReadOnlyList<CheckResult> results)
    {
        _xml.Attribute("type", type);
        WriteNames(name, fullName);
        WriteFigures(results);
    }

    private void WriteNames(string name, string fullName)
    {
        _xml.Attribute("id", string.Create(CultureInfo.InvariantCulture, $"0-{++_lastId}"));
        _xml.Attribute("name", name);
        _xml.Attribute("fullname", fullName);
        _xml.Attribute("runstate", "Runnable");
    }

    private void WriteFigures(IReadOnlyList<CheckResult> results)
    {
        var counts = CheckCounts.Of(results);
        _xml.Attribute("testcasecount", counts.Total);
        _xml.Attribute("result", ResultOf(counts));
        _xml.Attribute("total", counts.Total);
        _xml.Attribute("passed", counts.Passed);
        _xml.Attribute("failed", counts.Failed + counts.Error);
        _xml.Attribute("warnings", counts.Warning);
        _xml.Attribute("inconclusive", 0);
        _xml.Attribute("skipped", counts.Skipped);
        _xml.Attribute("asserts", 0);
        WriteTimes(results);
    }

    // Of suites without results nothing is known of time.
    private void WriteTimes(IReadOnlyList<CheckResult> results)
    {
        if (results.Count > 0)
        {
            var start = results.Min(result => result.CheckedAt);
            _xml.Attribute("start-time", Time(start));
            _xml.Attribute("end-time", Time(start + TimeSpan.FromSeconds((double)results.Sum(ReportText.Seconds))));
        }

        _xml.Attribute("duration", ReportText.Duration(results));
    }

    private void WriteCase(CheckResult result)
    {
        WriteNames(result.CheckId, $"{ReportText.ClassOf(result.Suite)}.{result.CheckId}");
        _xml.Attribute("methodname", result.CheckId);
        _xml.Attribute("classname", ReportText.ClassOf(result));
        _xml.Attribute("result", (result.Status == CheckStatus.Error ? CheckStatus.Failed : result.Status).ToString());
        if (result.Status == CheckStatus.Error)
            _xml.Attribute("label", nameof(CheckStatus.Error));
        WriteTimes([result]);
        _xml.Attribute("asserts", 0);
        switch (result.Status)
        {
            case CheckStatus.Failed or CheckStatus.Error:
                _xml.Element("failure", () => _xml.Element("message", ReportText.Details(result)));
                break;
            case CheckStatus.Warning:
                _xml.Element("reason", () => _xml.Element("message", ReportText.Details(result)));
                break;
            case CheckStatus.Skipped:
                _xml.Element("reason", () => _xml.Element("message", result.Message));
                break;
        }
    }

    // The worst of what is in it.
    private static string ResultOf(CheckCounts counts) => counts switch
    {
        { Failed: > 0 } or { Error: > 0 } => "Failed",
        { Warning: > 0 } => "Warning",
        { Passed: > 0 } => "Passed",
        { Skipped: > 0 } => "Skipped",
        _ => "Inconclusive",
    };

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

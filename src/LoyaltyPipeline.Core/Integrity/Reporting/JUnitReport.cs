using System.Globalization;
using System.Xml;

namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>
/// Results as JUnit's XML; <c>module/schemas/junit.xsd</c> describes it. JUnit knows no warning: a check that warns is a test that passed,
/// with what there is to say as its output.
/// </summary>
internal static class JUnitReport
{
    /// <summary>Writes results.</summary>
    public static void Write(
        Stream stream, IReadOnlyList<CheckResult> results,
        string moduleVersion) => ReportXml.Write(stream, xml => xml.Element("testsuites", () =>
    {
        xml.Attribute("name", ReportText.Product);
        WriteFigures(xml, results);
        foreach (var suite in results.GroupBy(result => result.Suite))
            xml.Element("testsuite", () => WriteSuite(xml, suite.Key, [.. suite], moduleVersion));
    }));

    private static void WriteSuite(XmlWriter xml, CheckSuite suite, IReadOnlyList<CheckResult> results, string moduleVersion)
    {
        xml.Attribute("name", suite.ToString());
        WriteFigures(xml, results);
        xml.Attribute("skipped", CheckCounts.Of(results).Skipped);
        // Without a zone, as most writers have it; UTC.
        xml.Attribute("timestamp", results.Min(result => result.CheckedAt).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        xml.Properties(results, moduleVersion);
        foreach (var result in results)
            xml.Element("testcase", () => WriteCase(xml, result));
    }

    private static void WriteFigures(XmlWriter xml, IReadOnlyList<CheckResult> results)
    {
        var counts = CheckCounts.Of(results);
        xml.Attribute("tests", counts.Total);
        xml.Attribute("failures", counts.Failed);
        xml.Attribute("errors", counts.Error);
        xml.Attribute("time", ReportText.Duration(results));
    }

    private static void WriteCase(XmlWriter xml, CheckResult result)
    {
        xml.Attribute("name", result.CheckId);
        xml.Attribute("classname", ReportText.ClassOf(result));
        xml.Attribute("time", ReportText.Duration([result]));
        switch (result.Status)
        {
            case CheckStatus.Failed:
                xml.Element("failure", () => WriteFault(xml, result));
                break;
            case CheckStatus.Error:
                xml.Element("error", () => WriteFault(xml, result));
                break;
            case CheckStatus.Skipped:
                xml.Element("skipped", () => xml.Attribute("message", result.Message));
                break;
            case CheckStatus.Warning:
                xml.Element("system-out", $"Warning: {ReportText.Details(result)}");
                break;
        }
    }

    private static void WriteFault(XmlWriter xml, CheckResult result)
    {
        xml.Attribute("type", $"Check{result.Status}");
        xml.Attribute("message", result.Message);
        xml.Text(ReportText.Details(result));
    }
}

using System.Xml.Linq;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Reporting;

/// <summary>What CI systems that read JUnit's format are told.</summary>
public sealed class JUnitReportTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    [Fact]
    public void A_suite_is_a_testsuite_with_its_counts()
    {
        var root = _folder.WriteXml("r.xml", ReportSamples.Every);

        Assert.Equal("LoyaltyPipeline tests=6 failures=1 errors=1 time=65.936", Figures(root));
        Assert.Equal(
            [
                "Sources tests=4 failures=0 errors=1 time=4.936 skipped=1 timestamp=2026-06-30T04:15:59",
                "Master tests=1 failures=1 errors=0 time=0.000 skipped=0 timestamp=2026-06-30T04:15:59",
                "Deliveries tests=1 failures=0 errors=0 time=61.000 skipped=0 timestamp=2026-06-30T04:15:59",
            ],
            root.Elements().Select(Figures));
        Assert.All(
            root.Elements(),
            suite => Assert.Equal(
                ["module_version=1.2.3", "run_id=20260630T041559123-9f3c"], suite.Element("properties")!.Elements().Select(Property)));
    }

    [Fact]
    public void A_check_is_a_testcase_of_the_class_of_its_suite_and_table()
    {
        var root = _folder.WriteXml("r.junit.xml", ReportSamples.Every);

        Assert.Equal(
            [
                "LoyaltyPipeline.Sources.DW_A.USER_PROFILE: DW_A.USER_PROFILE.EMAIL.not_null 1.234 ",
                "LoyaltyPipeline.Sources.DW_A.USER_PROFILE: DW_A.USER_PROFILE.exists 1.234 error",
                "LoyaltyPipeline.Sources.DW_A.USER_PROFILE: DW_C.SUPPORT_CALLS.present 1.234 skipped",
                "LoyaltyPipeline.Sources: own.even 1.234 ",
                "LoyaltyPipeline.Master.LOYALTY.MASTER: LOYALTY.MASTER.unique 0.000 failure",
                "LoyaltyPipeline.Deliveries: own.odd 61.000 system-out",
            ],
            root.Descendants("testcase")
                .Select(
                    test => $"{test.Attribute("classname")!.Value}: {test.Attribute("name")!.Value} {test.Attribute("time")!.Value} {test.Elements().SingleOrDefault()?.Name}"));
    }

    [Fact]
    public void What_did_not_pass_says_all_that_is_known()
    {
        var root = _folder.WriteXml("r.xml", ReportSamples.Every);
        var failure = Assert.Single(root.Descendants("failure"));
        var error = Assert.Single(root.Descendants("error"));

        Assert.Equal(("CheckFailed", ReportSamples.Failure), (failure.Attribute("type")!.Value, failure.Attribute("message")!.Value));
        Assert.Equal(
            $"""
            {ReportSamples.Failure}
            Violations: 3
            Total: 12
            Percent: 25
            Threshold: error > 0
            Failed since: 2026-06-28T04:15:59Z
            Sample:
              USER_ID=7
              USER_ID=8
            All of them:
            SELECT *
            FROM LOYALTY.MASTER
            WHERE USER_ID < 9
            """.ReplaceLineEndings("\n"),
            failure.Value);
        Assert.Equal(("CheckError", "QueryFailed: no such thing"), (error.Attribute("type")!.Value, error.Attribute("message")!.Value));
        Assert.Equal("QueryFailed: no such thing\nThreshold: warn > 0, error > 5%\nFailed since: 2026-06-30T04:15:59Z", error.Value);
        Assert.Equal("the table does not exist", Assert.Single(root.Descendants("skipped")).Attribute("message")!.Value);
    }

    [Fact]
    public void A_warning_passes_and_is_told_as_output()
    {
        var root = _folder.WriteXml("r.xml", [ReportSamples.Warning]);

        Assert.Equal("LoyaltyPipeline tests=1 failures=0 errors=0 time=61.000", Figures(root));
        Assert.StartsWith(
            "Warning: is odd\nViolations: 3\nThreshold: warn > 0\n", Assert.Single(root.Descendants("system-out")).Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_several_inputs_are_one_report()
    {
        var later = ReportSamples.Failed.With(
            copy => (
                copy.RunId, copy.Suite,
                copy.CheckedAt) = ("20260630T041700000-0001", CheckSuite.Sources, ReportSamples.CheckedAt.AddMinutes(1)));

        var suite = Assert.Single(_folder.WriteXml("r.xml", [later, ReportSamples.Passed]).Elements());

        Assert.Equal("Sources tests=2 failures=1 errors=0 time=1.234 skipped=0 timestamp=2026-06-30T04:15:59", Figures(suite));
        Assert.Equal(
            ["module_version=1.2.3", $"run_id={later.RunId}", $"run_id={ReportSamples.Passed.RunId}"],
            suite.Element("properties")!.Elements().Select(Property));
    }

    [Fact]
    public void A_report_of_nothing_has_no_suites() => Assert.Empty(_folder.WriteXml("r.xml", []).Elements());

    [Fact]
    public void The_schema_refuses_what_is_none()
    {
        var wrong = new XDocument(_folder.WriteXml("r.xml", ReportSamples.Every));
        wrong.Descendants("failure").Single().Name = "warning";

        Assert.ThrowsAny<Exception>(() => ReportFolder.Validate(wrong, "junit"));
        Assert.ThrowsAny<Exception>(() => ReportFolder.Validate(wrong, "nunit"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Figures(XElement element) =>
        string.Join(
            ' ',
            element.Attributes().Select(attribute => attribute.Name == "name" ? attribute.Value : $"{attribute.Name}={attribute.Value}"));

    private static string Property(XElement property) => $"{property.Attribute("name")!.Value}={property.Attribute("value")!.Value}";
}

using System.Xml.Linq;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Reporting;

/// <summary>What readers of NUnit 3's format are told.</summary>
public sealed class NUnitReportTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    [Fact]
    public void Suites_lie_in_an_assembly_and_have_their_counts()
    {
        var run = _folder.WriteXml("r.nunit.xml", ReportSamples.Every);
        var assembly = Assert.Single(run.Elements());

        Assert.Equal("test-run", run.Name);
        Assert.Equal(
            "id=0 testcasecount=6 result=Failed total=6 passed=2 failed=2 warnings=1 inconclusive=0 skipped=1 asserts=0 "
            + "start-time=2026-06-30 04:15:59Z end-time=2026-06-30 04:17:05Z duration=65.936 engine-version=1.2.3",
            Attributes(run));
        Assert.StartsWith(
            "type=Assembly id=0-1 name=LoyaltyPipeline fullname=LoyaltyPipeline runstate=Runnable testcasecount=6 result=Failed ",
            Attributes(assembly), StringComparison.Ordinal);
        Assert.Equal(
            ["TestFixture Sources Failed 2+1+0+1", "TestFixture Master Failed 0+1+0+0", "TestFixture Deliveries Warning 0+0+1+0"],
            assembly.Elements(
                "test-suite").Select(suite => string.Join(' ', Value(suite, "type"), Value(suite, "name"), Value(suite, "result"),
                $"{Value(suite, "passed")}+{Value(suite, "failed")}+{Value(suite, "warnings")}+{Value(suite, "skipped")}")));
    }

    [Fact]
    public void Every_status_has_its_result()
    {
        var run = _folder.WriteXml("r.nunit.xml", ReportSamples.Every);

        Assert.Equal(
            [
                "DW_A.USER_PROFILE.EMAIL.not_null Passed  ",
                "DW_A.USER_PROFILE.exists Failed Error failure",
                "DW_C.SUPPORT_CALLS.present Skipped  reason",
                "own.even Passed  ",
                "LOYALTY.MASTER.unique Failed  failure",
                "own.odd Warning  reason",
            ],
            run.Descendants("test-case")
                .Select(
                    test => $"{Value(test, "name")} {Value(test, "result")} {Value(test, "label")} {test.Elements().SingleOrDefault()?.Name}"));
        Assert.StartsWith(
            $"{ReportSamples.Failure}\nViolations: 3\nTotal: 12\n", Message(run, "LOYALTY.MASTER.unique"), StringComparison.Ordinal);
        Assert.EndsWith(
            "All of them:\nSELECT *\nFROM LOYALTY.MASTER\nWHERE USER_ID < 9", Message(run, "own.odd"), StringComparison.Ordinal);
        Assert.Equal("the table does not exist", Message(run, "DW_C.SUPPORT_CALLS.present"));
    }

    [Fact]
    public void A_check_has_the_class_of_its_suite_and_table_and_its_own_times()
    {
        var test = Assert.Single(
            _folder.WriteXml("r.nunit.xml", [ReportSamples.Warning.With(copy => copy.Table = "LOYALTY.MASTER")]).Descendants("test-case"));

        Assert.Equal(
            "id=0-3 name=own.odd fullname=LoyaltyPipeline.Master.own.odd runstate=Runnable methodname=own.odd classname=LoyaltyPipeline.Master.LOYALTY.MASTER result=Warning "
            + "start-time=2026-06-30 04:15:59Z end-time=2026-06-30 04:17:00Z duration=61.000 asserts=0",
            Attributes(test));
    }

    [Theory]
    [InlineData("Passed", CheckStatus.Passed, CheckStatus.Skipped)]
    [InlineData("Warning", CheckStatus.Passed, CheckStatus.Warning)]
    [InlineData("Failed", CheckStatus.Warning, CheckStatus.Error)]
    [InlineData("Failed", CheckStatus.Failed, CheckStatus.Passed)]
    [InlineData("Skipped", CheckStatus.Skipped)]
    [InlineData("Inconclusive")]
    public void The_worst_result_is_that_of_the_whole(string expected, params CheckStatus[] statuses) =>
        Assert.Equal(
            expected,
            Value(
                _folder.WriteXml("r.nunit.xml", [.. statuses.Select(status => ReportSamples.Passed.With(copy => copy.Status = status))]),
                "result"));

    public void Dispose() => _folder.Dispose();

    private static string Attributes(XElement element) =>
        string.Join(' ', element.Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}"));

    private static string? Value(XElement element, string name) => element.Attribute(name)?.Value;

    private static string Message(XElement run, string id) =>
        run.Descendants("test-case").Single(test => Value(test, "name") == id).Descendants("message").Single().Value;
}

using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Reporting;

/// <summary>The results of real runs, reported.</summary>
public sealed class ReportedRunTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>, IDisposable
{
    private readonly ReportFolder _folder = new();

    [Fact]
    public async Task All_checks_of_a_warehouse_with_faults_make_valid_reports()
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync("INSERT INTO LOYALTY.MASTER SELECT * FROM LOYALTY.MASTER LIMIT 3");
        await RunAsync(test);

        // The second run has from the first since when the check has failed.
        var results = await RunAsync(test);
        var junit = _folder.WriteXml("r.junit.xml", results);
        var nunit = _folder.WriteXml("r.nunit.xml", results);
        await _folder.WriteJsonAsync(results);

        Assert.Contains(
            results,
            result => result.CheckId == "LOYALTY.MASTER.unique" && result.Status == CheckStatus.Failed
                && result.FailedSince < result.CheckedAt);
        Assert.Equal(results.Count, junit.Descendants("testcase").Count());
        Assert.Equal(results.Count, nunit.Descendants("test-case").Count());
        Assert.Contains(
            "All of them:\nSELECT ",
            junit.Descendants("testcase").Single(check => check.Attribute("name")!.Value == "LOYALTY.MASTER.unique")
                .Element("failure")!.Value, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<IReadOnlyList<CheckResult>> RunAsync(TestWarehouse test) =>
        new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, new IntegrityOptions(), test.Reporter, TestWarehouse.Token);
}

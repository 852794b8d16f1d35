using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Extracts;
using LoyaltyPipeline.Core.Integrity.Reporting;
using LoyaltyPipeline.Core.Outputs;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Configuration;

/// <summary>
/// What is written where the user says never takes the place of a file that the pipeline lives from, whatever leads there.
/// </summary>
public sealed class ProtectedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("w.html", "a file of the warehouse")]
    [InlineData("w.html.wal", "a file of the warehouse")]
    [InlineData("w.html.run", "a file of the warehouse")]
    [InlineData("alias", "a file of the warehouse")]
    [InlineData("second", "a file of the warehouse")]
    [InlineData("pipeline.yml", "the configuration")]
    [InlineData("crm.duckdb", "the file of the source DW_B")]
    [InlineData("USER_PROFILE.csv", "a landing file of DW_A.USER_PROFILE")]
    [InlineData("USER_ACTIVITY_01.csv.gz", "a landing file of DW_A.USER_ACTIVITY")]
    [InlineData("page.html", null)]
    [InlineData("new.csv", null)]
    [InlineData("broken", null)]
    [InlineData("SUPPORT_CALLS.csv", null)]
    public async Task What_is_of_the_pipeline_is_known_by_whatever_name(string name, string? expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || name != "second", "A second name of a file is not told there.");
        await using var test = await CreateAsync();
        if (name is "alias" or "broken")
            SymbolicLink.ToFile(At(name), name == "alias" ? "w.html" : "gone.html");

        var what = new ProtectedFiles(test.Warehouse, test.Pipeline).WhatIs(At(name));

        if (expected is null)
            Assert.Null(what);
        else
            Assert.StartsWith(expected, what, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_output_takes_their_place()
    {
        await using var test = await CreateAsync();
        var before = Stamp();
        await File.WriteAllTextAsync(At("RETENTION_ACTION.json"), "{}", TestWarehouse.Token);

        var dashboard = await Assert.ThrowsAsync<LoyaltyException>(
            () => new PipelineDashboard(test.Pipeline).ExportAsync(
                test.Warehouse, new DashboardOptions(At("w.html")), test.Reporter, TestWarehouse.Token));
        var named = await Assert.ThrowsAsync<LoyaltyException>(
            () => new PipelineDashboard(test.Pipeline).ExportAsync(
                test.Warehouse, new DashboardOptions(At("dashboard")), test.Reporter, TestWarehouse.Token));
        SymbolicLink.ToFile(At("report.json"), At("pipeline.yml"));
        var report = Assert.Throws<LoyaltyException>(() => CheckReport.At(At("report.json")).DemandApart(test.Warehouse, test.Pipeline));
        var extract = await Assert.ThrowsAsync<LoyaltyException>(() => ExtractWriter.WriteAsync(
            test.Warehouse,
            test.Pipeline,
            new ExtractOptions(
                ExtractView.Find(test.Pipeline.Catalog, "RUN_HEALTH"), _folder.Path, "USER_PROFILE.csv", FileFormat.Csv,
                FileCompression.None, new S3Settings()),
            TestWarehouse.Token));

        Assert.Equal(
            ["ReportUnwritable", "ReportFormatUnknown", "ReportUnwritable", "DestinationInvalid"],
            [dashboard.ErrorId, named.ErrorId, report.ErrorId, extract.ErrorId]);
        Assert.Contains("it is a file of the warehouse", dashboard.Message, StringComparison.Ordinal);
        Assert.Contains(".html", named.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, Stamp());
        Assert.Equal("USER_ID\n1\n", await File.ReadAllTextAsync(At("USER_PROFILE.csv"), TestWarehouse.Token));
    }

    // Windows lets nobody read the file that the engine has open.
    private (long Length, DateTime Written) Stamp() => (new FileInfo(At("w.html")).Length, File.GetLastWriteTimeUtc(At("w.html")));

    private async Task<TestWarehouse> CreateAsync()
    {
        var test = await TestWarehouse.CreateAsync(withSources: false, path: At("w.html"));
        await test.ExecuteAsync("CREATE TABLE T AS SELECT 1 AS N");
        if (OperatingSystem.IsLinux())
            await System.Diagnostics.Process.Start("ln", [At("w.html"), At("second")]).WaitForExitAsync(TestWarehouse.Token);
        await File.WriteAllTextAsync(At("pipeline.yml"), "sources: {DW_B: {file: crm.duckdb}}", TestWarehouse.Token);
        await File.WriteAllTextAsync(At("USER_PROFILE.csv"), "USER_ID\n1\n", TestWarehouse.Token);
        await File.WriteAllTextAsync(At("USER_ACTIVITY_01.csv.gz"), string.Empty, TestWarehouse.Token);
        test.Pipeline = PipelineLoader.Load(Repository.SqlFolder, At("pipeline.yml"));
        return test;
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}

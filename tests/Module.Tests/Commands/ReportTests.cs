using System.Management.Automation;
using System.Text.Json;
using System.Xml.Linq;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>Test-PipelineIntegrity -OutFile.</summary>
public sealed class ReportTests
{
    private const string Test = "Test-PipelineIntegrity -Suite Master";

    private const string Fault = "INSERT INTO LOYALTY.MASTER SELECT * FROM LOYALTY.MASTER WHERE USER_ID = 3 RETURNING USER_ID";

    [Theory]
    [InlineData("$path.SetLocation('sub')", "../sub/r.xml", "sub/r.xml")]
    [InlineData("$path.SetLocation('Env:')", "{0}/r.xml", "r.xml")]
    [InlineData(
        "$null = $ExecutionContext.SessionState.Drive.New([Management.Automation.PSDriveInfo]::new('Reports', $path.CurrentLocation.Provider, '{0}/sub', '', $null), 'local')", "Reports:/r.xml", "sub/r.xml")]
    public void A_path_is_taken_as_PowerShell_takes_it(string before, string path, string expected)
    {
        using var session = SampleWarehouse.OpenMerged();
        Directory.CreateDirectory(session.PathOf("sub"));

        session.Run($"$path = $ExecutionContext.SessionState.Path; {Placed(before)}; $null = {Test} -OutFile {Placed(path)}").Succeeded();

        Assert.True(File.Exists(session.PathOf(expected)));

        string Placed(string text) => text.Replace("{0}", session.Folder, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r.html", "ReportFormatUnknown", ErrorCategory.InvalidArgument, "")]
    [InlineData("r.html", "ReportFormatUnknown", ErrorCategory.InvalidArgument, "-WhatIf")]
    [InlineData("missing/r.xml", "ReportUnwritable", ErrorCategory.ResourceUnavailable, "")]
    [InlineData("missing/r.xml", "ReportUnwritable", ErrorCategory.ResourceUnavailable, "-WhatIf")]
    public void What_cannot_be_a_report_is_an_error_before_any_check_is_made(string name, string id, ErrorCategory category, string more)
    {
        using var session = SampleWarehouse.OpenMerged();

        var result = session.Run($"{Test} -OutFile {name} {more}");

        Assert.Equal((id, category), (result.ErrorId, result.Error.CategoryInfo.Category));
        Assert.Equal(session.PathOf(name), result.Error.TargetObject);
        Assert.NotEmpty(result.Error.ErrorDetails.RecommendedAction);
        Assert.Empty(result.Output);
        Assert.Equal(0, Runs(session));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-WhatIf")]
    public void What_the_pipeline_lives_from_is_no_place_for_a_report_nor_planned_as_one(string more)
    {
        using var session = SampleWarehouse.OpenMerged();
        File.WriteAllText(session.PathOf("pipeline.yml"), "{}");
        SymbolicLink.ToFile(session.PathOf("r.json"), session.PathOf("pipeline.yml"));

        var result = session.Run($"{Test} -OutFile r.json {more}");

        Assert.Equal("ReportUnwritable", result.ErrorId);
        Assert.DoesNotContain("Write the results", result.HostText, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(session.PathOf("pipeline.yml")));
    }

    [Fact]
    public void Tables_from_the_pipeline_are_one_report_and_one_verdict()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Query(Fault);

        var result = session.Run(
            "'MASTER', 'HISTORY' | ForEach-Object { [pscustomobject]@{ Table = $_ } } | Test-PipelineIntegrity -OutFile r.json -FailOn Error");

        Assert.Equal("IntegrityFailed", result.ErrorId);
        using var json = JsonDocument.Parse(File.ReadAllText(session.PathOf("r.json")));
        Assert.Equal(2, json.RootElement.GetProperty("runs").GetArrayLength());
        Assert.Equal(result.Output.Count, json.RootElement.GetProperty("results").GetArrayLength());
        Assert.Equal(
            ["LOYALTY.HISTORY", "LOYALTY.MASTER"],
            result.Output.Select(check => (string)((dynamic)check).Table).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Who_has_seen_enough_of_the_results_has_the_whole_report()
    {
        using var session = SampleWarehouse.OpenMerged();

        Assert.Single(session.Run($"foreach ($once in 1) {{ {Test} -OutFile r.xml | ForEach-Object {{ $_; break }} }}").Succeeded().Output);

        Assert.True(XDocument.Load(session.PathOf("r.xml")).Descendants("testcase").Count() > 1);
    }

    [Fact]
    public void A_report_that_cannot_be_written_after_all_takes_no_result_away()
    {
        using var session = SampleWarehouse.OpenMerged();
        var expected = session.Run(Test).Succeeded().Output.Count;

        Directory.CreateDirectory(session.PathOf("sub"));

        // The folder goes when it has been looked at, before the checks are made.
        var result = session.Run(
            $"& {{ [IO.Directory]::Delete('{session.PathOf("sub")}'); [pscustomobject]@{{ Table = 'MASTER' }} }} | {Test} -OutFile sub/r.xml");

        Assert.Equal("ReportUnwritable", result.ErrorId);
        Assert.Equal(expected, result.Output.Count);
    }

    private static long Runs(ModuleRunspace session) => session.Run("Get-LoyaltyRun -Kind Test").Succeeded().Output.Count;
}

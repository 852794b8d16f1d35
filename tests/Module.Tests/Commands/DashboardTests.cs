using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>Export-PipelineDashboard as it is called.</summary>
public sealed class DashboardTests
{
    [Fact]
    public void A_file_is_written_and_emitted()
    {
        using var session = SampleWarehouse.OpenMerged();

        var result = session.Run("$f = Export-PipelineDashboard dashboard.html; $f.GetType().Name; $f.FullName; $f.Length -gt 500KB").Succeeded().Output;

        Assert.Equal(["FileInfo", session.PathOf("dashboard.html"), true], result);
    }

    [Fact]
    public void The_same_state_gives_the_same_bytes_and_is_left_as_it_was()
    {
        using var session = SampleWarehouse.OpenMerged();
        var before = session.Content();

        session.Run("$null = Export-PipelineDashboard a.html; $null = Export-PipelineDashboard b.html -Destination drop").Succeeded();

        Assert.Equal(File.ReadAllBytes(session.PathOf("a.html")), File.ReadAllBytes(session.PathOf("b.html")));
        Assert.Equal(File.ReadAllBytes(session.PathOf("b.html")), File.ReadAllBytes(session.PathOf("drop/b.html")));
        Assert.Equal(before, session.Content());
    }

    [Fact]
    public void With_WhatIf_nothing_is_written()
    {
        using var session = SampleWarehouse.OpenMerged();

        session.Run("Export-PipelineDashboard dashboard.html -Destination drop -WhatIf").Succeeded();

        Assert.False(File.Exists(session.PathOf("dashboard.html")));
        Assert.False(Directory.Exists(session.PathOf("drop")));
    }

    [Theory]
    [InlineData("Export-PipelineDashboard nowhere/dashboard.html", "ReportUnwritable")]
    [InlineData("Export-PipelineDashboard dashboard.html -Days 0", "ParameterArgumentValidationError")]
    [InlineData("Export-PipelineDashboard dashboard.html -Destination s3://", "DestinationInvalid")]
    public void What_cannot_be_is_refused_by_name(string call, string error)
    {
        using var session = SampleWarehouse.OpenMerged();

        Assert.Equal(error, session.Run(call).ErrorId);
        Assert.False(File.Exists(session.PathOf("dashboard.html")));
    }
}

using System.Management.Automation;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>Paths and addresses that cannot be used: the error says which and why, and what to write instead.</summary>
public sealed class BadPathTests : IDisposable
{
    private readonly ModuleRunspace _session = SampleWarehouse.OpenMerged();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("file", "it is a file, not a folder.")]
    [InlineData("file/below", "file/below")]
    [InlineData("('x' * 300)", "too long")]
    public void A_sample_that_cannot_be_written_says_why(string path, string reason)
    {
        File.WriteAllText(_session.PathOf("file"), "what it said");

        var error = _session.Run($"New-LoyaltySample -Users 5 -Path {path} -Force").Error;

        Assert.StartsWith("SampleUnwritable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ResourceUnavailable, error.CategoryInfo.Category);
        Assert.StartsWith(_session.Folder, (string)error.TargetObject, StringComparison.Ordinal);
        Assert.Contains(reason, error.Exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal("what it said", File.ReadAllText(_session.PathOf("file")));
    }

    [Theory]
    [InlineData("New-LoyaltySample -Users 5 -Path $nul")]
    [InlineData("Connect-LoyaltyWarehouse $nul")]
    [InlineData("Connect-LoyaltyWarehouse -Snowflake -Account a -User b -PrivateKeyPath $nul")]
    [InlineData("Get-LoyaltyRun -Warehouse $nul")]
    [InlineData("Import-LoyaltySource $nul")]
    [InlineData("Invoke-LoyaltyMerge 2026-06-29 -Config $nul")]
    [InlineData("Export-EngagementSegment Marketing -Destination $nul")]
    [InlineData("Clear-SegmentDelivery Marketing -Destination $nul -OlderThan 2020-01-01 -Confirm:$false")]
    [InlineData("Test-SegmentDelivery $nul")]
    [InlineData("Export-LoyaltyExtract FEATURE_ADOPTION_BY_REGION -Path $nul")]
    [InlineData("Export-PipelineDashboard $nul")]
    [InlineData("Test-PipelineIntegrity -OutFile $nul")]
    public void A_path_with_the_character_NUL_is_refused(string command)
    {
        foreach (var path in new[] { "landing`0.csv", $"{_session.Folder}/landing`0.csv" })
        {
            var error = _session.Run($"$nul = \"{path}\"; {command}").Error;

            Assert.StartsWith("PathNotSupported,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("landing\\0.csv' is not a usable path: it holds the character NUL.", error.Exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Export-EngagementSegment Marketing -Destination s3://bucket/drop")]
    [InlineData("Clear-SegmentDelivery Marketing -Destination s3://bucket/drop -OlderThan 2020-01-01 -Confirm:$false")]
    [InlineData("Test-SegmentDelivery s3://bucket/drop/manifest.json")]
    [InlineData("Export-LoyaltyExtract FEATURE_ADOPTION_BY_REGION -Destination s3://bucket/drop")]
    public void An_endpoint_that_is_no_address_is_refused(string command)
    {
        foreach (var address in new[] { "minio:9000", "minio", "/minio", "ftp://minio" })
        {
            var error = _session.Run($"{command} -EndpointUrl {address}").Error;

            Assert.StartsWith("DestinationInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal(address, error.TargetObject);
            Assert.Contains("http://host:port", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }
    }
}

using System.Management.Automation;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>A warehouse file that is deleted while the session is connected to it.</summary>
public sealed class LostFileTests : IDisposable
{
    private readonly ModuleRunspace _session = SampleWarehouse.OpenMerged();

    public void Dispose() => _session.Dispose();

    [Theory]
    [Unix("A file that is open cannot be deleted there.")]
    [InlineData("Initialize-LoyaltyWarehouse -IncludeSources")]
    [InlineData("Import-LoyaltySource landing/USER_PROFILE.csv")]
    [InlineData("Invoke-LoyaltyMerge 2026-06-29")]
    [InlineData("Invoke-LoyaltyMerge -From 2026-06-28 -To 2026-06-29")]
    [InlineData("Compress-LoyaltyHistory 1 -Confirm:$false")]
    [InlineData("Undo-LoyaltyMerge 2026-06-30 -Confirm:$false")]
    [InlineData("Add-LoyaltySuppression 1")]
    [InlineData("Remove-LoyaltySuppression 1")]
    [InlineData("Export-EngagementSegment Marketing -Destination drop")]
    [InlineData("Test-PipelineIntegrity")]
    [InlineData("New-LoyaltySample -Force")]
    public void Nothing_is_written_into_a_file_that_is_gone(string command)
    {
        _session.Run("$null = New-LoyaltySample -Users 5 -Path landing").Succeeded();
        File.Delete(_session.PathOf("w.duckdb"));

        var error = _session.Run(command).Error;

        Assert.StartsWith("WarehouseFileLost,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((ErrorCategory.ResourceUnavailable, _session.PathOf("w.duckdb")), (error.CategoryInfo.Category, error.TargetObject));
        Assert.False(File.Exists(_session.PathOf("w.duckdb")));
    }

    [Fact]
    [Unix("A file that is open cannot be deleted there.")]
    public void Connecting_again_makes_a_new_file_and_writes_into_it()
    {
        File.Delete(_session.PathOf("w.duckdb"));
        Assert.Equal("WarehouseFileLost", _session.Run("Invoke-LoyaltyMerge 2026-06-29").ErrorId);

        _session.Run(
            "$null = Connect-LoyaltyWarehouse w.duckdb; $null = Initialize-LoyaltyWarehouse -IncludeSources; $null = New-LoyaltySample -Users 5; $null = Invoke-LoyaltyMerge 2026-06-30; Disconnect-LoyaltyWarehouse").Succeeded();

        Assert.Equal(["5"], _session.Run("@(Get-EngagementSegment -Warehouse w.duckdb).Count.ToString()").Succeeded().Output);
    }
}

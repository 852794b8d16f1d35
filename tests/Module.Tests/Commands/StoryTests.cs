using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>What a user does on the first day, from an empty warehouse to a segment.</summary>
public sealed class StoryTests : IDisposable
{
    private readonly ModuleRunspace _session = ModuleRunspace.WithProbes();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(":memory:")]
    [InlineData("story.duckdb")]
    public void A_sample_is_merged_logged_quarantined_and_segmented(string path)
    {
        dynamic sample = One($"$null = Connect-LoyaltyWarehouse '{path}'; $null = Initialize-LoyaltyWarehouse; $s = New-LoyaltySample -Users 300 -Days 90 -Dirty; $s");
        dynamic written = One("$m = Invoke-LoyaltyMerge -RunDate $s.LastDay; $m");
        dynamic again = One("Invoke-LoyaltyMerge -RunDate $s.LastDay");

        Assert.Equal(("Written", 300L, 300L, 0L), ((string)$"{written.Outcome}", (long)written.Users, (long)written.Inserted, (long)written.Updated));
        Assert.Equal(("Unchanged", 300L, 300L), ((string)$"{again.Outcome}", (long)again.Users, (long)again.Unchanged));
        Assert.Equal((long)sample.Planted, (long)written.Quarantined);
        Assert.Equal((long)sample.Rows, (long)written.RowsRead);

        Assert.Equal([(string)again.RunId, (string)written.RunId], _session.Run("(Get-LoyaltyRun).ForEach{ $_.RunId }").Succeeded().Output);
        Assert.Equal(written.Quarantined, _session.Run("Get-LoyaltyRun $m.RunId | Get-LoyaltyQuarantine").Succeeded().Output.Count);
        Assert.Equal([true], _session.Run("$all = @(Get-EngagementSegment); $parts = foreach ($segment in 'HighlyEngaged', 'Engaged', 'LowEngagement', 'Unscored') { Get-EngagementSegment $segment }; "
            + "$all.Count -eq 300 -and $parts.Count -eq 300 -and $null -eq $parts.Where{ $null -eq $_.Segment }[0]").Succeeded().Output);
    }

    [Fact]
    public void Landing_files_are_imported_and_merged_like_the_sample_itself()
    {
        const string Options = "-Users 200 -Days 60";
        _session.Run($"$null = Connect-LoyaltyWarehouse files.duckdb; $null = Initialize-LoyaltyWarehouse; $null = New-LoyaltySample {Options} -Path landing -Compress; "
            + "$imported = @(Import-LoyaltySource landing); $a = Invoke-LoyaltyMerge 2026-06-30").Succeeded();
        var imported = _session.Query("SELECT MD5(STRING_AGG(m::VARCHAR, '|' ORDER BY USER_ID)) FROM LOYALTY.MASTER AS m");

        _session.Run($"$null = Connect-LoyaltyWarehouse ':memory:'; $null = Initialize-LoyaltyWarehouse; $null = New-LoyaltySample {Options}; $b = Invoke-LoyaltyMerge 2026-06-30").Succeeded();

        Assert.Equal(imported, _session.Query("SELECT MD5(STRING_AGG(m::VARCHAR, '|' ORDER BY USER_ID)) FROM LOYALTY.MASTER AS m"));
        Assert.Equal([13, true, 0L], _session.Run("$imported.Count; $imported.Where{ -not $_.Applied }.Count -eq 0; $a.Quarantined").Succeeded().Output);
        Assert.Equal([true], _session.Run("$a.RowsRead -eq $b.RowsRead").Succeeded().Output);
    }

    [Fact]
    public void Importing_the_same_files_again_changes_no_row()
    {
        _session.Run("$null = Connect-LoyaltyWarehouse w.duckdb; $null = Initialize-LoyaltyWarehouse; $null = New-LoyaltySample -Users 50 -Days 30 -Path landing; $null = Import-LoyaltySource landing").Succeeded();

        dynamic again = _session.Run("Import-LoyaltySource landing").Succeeded().Output;

        foreach (var result in again)
            Assert.Equal((0L, 0L, 0L, (long)result.RowsRead), ((long)result.Inserted, (long)result.Updated, (long)result.Deleted, (long)result.Unchanged));
    }

    private object One(string script) => Assert.Single(_session.Run(script).Succeeded().Output);
}

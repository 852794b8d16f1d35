using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>What Product and Analytics read: adoption by region, and extracts of views.</summary>
public sealed class ReaderViewTests : IDisposable
{
    private readonly ModuleRunspace _session = SampleWarehouse.OpenMerged();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Adoption_is_shown_chosen_and_agrees_with_Master()
    {
        dynamic first = _session.Run("$all = @(Get-FeatureAdoption); $all[0]").Succeeded().Output[0];

        Assert.Equal(new DateTime(2026, 6, 30), (DateTime)first.SnapshotDate);
        Assert.Equal(_session.Query("SELECT CAST(SUM(FEATURES_ADOPTED) AS VARCHAR) FROM LOYALTY.MASTER"), _session.Run("$sum = 0; foreach ($row in $all) { $sum += $row.Adopters }; \"$sum\"").Succeeded().Output);
        Assert.Equal([true], _session.Run("$some = @(Get-FeatureAdoption -Region $all[0].RegionCode -Module $all[0].ModuleName -Feature \"$($all[0].FeatureName.Substring(0, 1))*\"); $some.Count -ge 1 -and $some.Count -lt $all.Count").Succeeded().Output);
        Assert.Equal([true], _session.Run("@(Get-FeatureAdoption -AsOf 2026-07-15).Count -eq $all.Count").Succeeded().Output);
        Assert.Empty(_session.Run("Get-FeatureAdoption -Region NO*WHERE").Succeeded().Output);
        Assert.Equal("DayNotWritten", _session.Run("Get-FeatureAdoption -AsOf 2026-06-01").ErrorId);
    }

    [Fact]
    public void Regions_modules_features_and_views_are_offered()
    {
        Assert.Equal(_session.Query("SELECT DISTINCT FEATURE_NAME FROM LOYALTY.FEATURE_ADOPTION_BY_REGION ORDER BY 1"), Offered("Get-FeatureAdoption -Feature ").Select(text => text.Trim('\'')));
        var regions = _session.Query("SELECT DISTINCT REGION_CODE FROM LOYALTY.FEATURE_ADOPTION_BY_REGION ORDER BY 1");
        Assert.Equal(regions, Offered("Get-FeatureAdoption ").Select(text => text.Trim('\'')));
        Assert.NotEmpty(Offered("Get-FeatureAdoption -Module "));
        _session.Run("$null = Invoke-LoyaltyMerge -From 2026-05-31 -To 2026-06-01 -Force -WarningAction SilentlyContinue").Succeeded();
        Assert.Equal(["2026-06-30", "2026-06-01", "2026-05-31"], Offered("Get-FeatureAdoption -AsOf "));
        Assert.Equal(["2026-05-31"], Offered("Get-LoyaltyHistory -AsOf 2026-05"));
        Assert.Equal(["2026-06-30"], Offered("Get-LoyaltyHistory -Between 2026-06-01, 2026-06-3"));
        Assert.Equal(["ENGAGEMENT_BY_REGION", "FEATURE_ADOPTION_BY_REGION", "FEATURE_ADOPTION_TREND", "RUN_HEALTH", "SEGMENT_TREND"], Offered("Export-LoyaltyExtract ").Order(StringComparer.Ordinal));
        _session.Run("Disconnect-LoyaltyWarehouse").Succeeded();
        Assert.Empty(Offered("Get-FeatureAdoption -Region ").Intersect(regions, StringComparer.Ordinal));
    }

    [Fact]
    public void Views_are_extracted_to_a_file_and_to_a_folder()
    {
        Assert.Equal(["a.csv.gz", "4"], _session.Run("$e = Export-LoyaltyExtract SEGMENT_TREND -Path a.csv.gz; [System.IO.Path]::GetFileName($e.Path); \"$($e.Rows)\"").Succeeded().Output);
        Assert.True(File.Exists(_session.PathOf("a.csv.gz")) && File.Exists(_session.PathOf("a.json")));
        Assert.Equal(2, _session.Run("'RUN_HEALTH', 'loyalty.engagement_by_region' | Export-LoyaltyExtract -Destination bi -Format Csv").Succeeded().Output.Count);
        Assert.Equal(
            ["ENGAGEMENT_BY_REGION.csv", "ENGAGEMENT_BY_REGION.json", "RUN_HEALTH.csv", "RUN_HEALTH.json"], Directory.GetFiles(_session.PathOf("bi")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("ViewNotForReaders", _session.Run("Export-LoyaltyExtract MASTER -Path m.csv").ErrorId);
        Assert.Equal("DestinationInvalid", _session.Run("Export-LoyaltyExtract RUN_HEALTH -Path m.txt").ErrorId);
        Assert.False(File.Exists(_session.PathOf("m.csv")));
    }

    [Fact]
    public void A_plan_writes_nothing()
    {
        dynamic plan = Assert.Single(_session.Run("Export-LoyaltyExtract SEGMENT_TREND -Destination bi -WhatIf").Succeeded().Output);

        Assert.Equal((false, 4L), ((bool)plan.Applied, (long)plan.Rows));
        Assert.False(Directory.Exists(_session.PathOf("bi")));
    }

    private List<string> Offered(string line) =>
        [.. _session.Run($"(TabExpansion2 '{line}').CompletionMatches.ForEach{{ $_.CompletionText }}").Succeeded().Output.Cast<string>()];
}

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>What is known of the regions on D; thresholds need no metadata of the same region.</summary>
internal sealed class Regions(IEnumerable<RegionMetadataRow> metadata, IEnumerable<RegionThresholdsRow> thresholds)
{
    private readonly Dictionary<string, RegionMetadataRow> metadataByRegion =
        metadata.ToDictionary(row => row.RegionCode!, StringComparer.Ordinal);

    private readonly Dictionary<string, RegionThresholdsRow> thresholdsByRegion = thresholds
        .GroupBy(row => row.RegionCode!, StringComparer.Ordinal)
        .ToDictionary(periods => periods.Key, periods => periods.MaxBy(row => row.EffectiveFrom)!, StringComparer.Ordinal);

    public RegionMetadataRow? Metadata(string? region) => region is null ? null : metadataByRegion.GetValueOrDefault(region);

    public RegionThresholdsRow? Thresholds(string? region) => region is null ? null : thresholdsByRegion.GetValueOrDefault(region);
}

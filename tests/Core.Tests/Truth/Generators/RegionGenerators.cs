using CsCheck;
using static LoyaltyPipeline.Core.Tests.Truth.Generators.DirtyCells;

namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

internal sealed class RegionGenerators(DirtyCells cells)
{
    public Gen<IReadOnlyList<RegionMetadataRow>?> Metadata => DirtyRows.Of(
        SourceDefinitions.RegionMetadata,
        Gen.Select(
            RequiredText(Region), RequiredText(cells.Text), RequiredText(cells.Text), RequiredText(Accepted("Core", "Growth", "Emerging")),
            (code, name, country, regionClass) => new RegionMetadataRow(code, name, country, regionClass)),
        6);

    public Gen<IReadOnlyList<RegionThresholdsRow>?> Thresholds => DirtyRows.Of(
        SourceDefinitions.RegionThresholds,
        Gen.Select(
            RequiredText(Region), Required(cells.Date), Limits,
            (code, from, limits) => new RegionThresholdsRow(code, from, limits.Low, limits.High)),
        14);

    private static Gen<(decimal? Low, decimal? High)> Limits { get; } = Gen.Frequency(
        (12, Gen.OneOf<(decimal?, decimal?)>((40m, 80m), (39.99m, 79.99m), (50m, 50m), (0m, 100m), (35.00m, 85.00m), (40m, 79.99m))),
        (1, Gen.OneOf<(decimal?, decimal?)>((80m, 40m), (40.01m, 40m), (null, 80m), (40m, null))));
}

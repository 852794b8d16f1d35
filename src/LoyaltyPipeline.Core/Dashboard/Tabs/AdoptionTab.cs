using LoyaltyPipeline.Core.Adoption;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Feature adoption: which features are used where, and which are on the move.</summary>
/// <param name="data">What was read.</param>
internal sealed class AdoptionTab(DashboardData data)
{
    private const int Movers = 15;

    private readonly HashSet<string> _ambiguous = [.. data.Adoption.Select(row => (row.FeatureName, row.ModuleName)).Distinct()
        .CountBy(name => name.FeatureName, StringComparer.Ordinal).Where(count => count.Value > 1).Select(count => count.Key)];

    public DashboardTab Build()
    {
        var alone = new Alone(data);
        DashboardPanel[] panels = Shown().Count == 0
            ? [alone.Panel("adoption-none", "Feature adoption", None)]
            : [
                alone.Panel("adoption-rates", "Adoption by region and feature", Rates), alone.Panel("adoption-movers", "Movers", Moving),
                alone.Panel("adoption-features", "Adopters by feature", ByFeature),
            ];
        return new DashboardTab("adoption", "Feature adoption", State: null, panels);
    }

    private List<FeatureAdoption> Shown() => [.. data.Adoption.Where(row => !row.IsSmallRegion && !SmallGroups.IsSmall(row.Adopters))];

    private DashboardPanel None() => new("adoption-none", "Feature adoption", data.Adoption.Count == 0 && data.Newest is null
        ? "No day has been merged yet."
        : $"No feature has {SmallGroups.Fewest} adopters in a region, or the source of feature adoption has no rows.");

    // Of many regions and features those that most users are in, and have adopted.
    private (List<FeatureAdoption> Rows, string LeftOut) Largest()
    {
        var rows = Shown();
        var regions = rows.GroupBy(row => row.RegionCode, StringComparer.Ordinal)
            .OrderByDescending(region => region.Max(row => row.ActiveUsers)).ThenBy(region => region.Key, StringComparer.Ordinal)
            .Select(region => region.Key).ToList();
        var features = rows.GroupBy(row => (row.ModuleName, row.FeatureName)).OrderByDescending(feature => feature.Sum(row => row.Adopters))
            .ThenBy(feature => feature.Key.ModuleName, StringComparer.Ordinal)
            .ThenBy(feature => feature.Key.FeatureName, StringComparer.Ordinal).Select(feature => feature.Key).ToList();
        var (topRegions, topFeatures) = (
            regions.Take(Top.Regions).ToHashSet(StringComparer.Ordinal), features.Take(Top.Features).ToHashSet());
        var leftOut = Top.Say(topRegions.Count, regions.Count, "regions, those of most users")
            + Top.Say(topFeatures.Count, features.Count, "features, those of most adopters");
        return (
            [.. rows.Where(row => topRegions.Contains(row.RegionCode) && topFeatures.Contains((row.ModuleName, row.FeatureName)))],
            leftOut);
    }

    private DashboardPanel Rates()
    {
        var (rows, leftOut) = Largest();
        return new DashboardPanel(
            "adoption-rates",
            "Adoption by region and feature",
            $"The share of each region's users with an active account who have used a feature, on {Written.Day(data.Newest!.Value)}. Regions of fewer than {SmallGroups.Fewest} users, and features with fewer adopters, are not shown.{leftOut}{(leftOut.Length > 0 ? " Get-FeatureAdoption tells of all." : string.Empty)}")
        {
            IsWide = true,
            Chart = new DashboardChart(DashboardChartKind.HeatMap, "Feature", "Adoption") { Series = "Region" },
            Table = new DashboardTable(
                [new("Region"), new("Module"), new("Feature"), new("Adoption", DashboardColumnKind.Share),
                    new("Adopters", DashboardColumnKind.Number), new("Active in 30 days", DashboardColumnKind.Number)],
                [.. rows.OrderBy(row => row.ModuleName, StringComparer.Ordinal).ThenBy(row => row.FeatureName, StringComparer.Ordinal)
                    .Select(
                        row => new object?[] { row.RegionCode, row.ModuleName, NameOf(row),
                            SmallGroups.Figure(row.AdoptionRate, row.ActiveAdopters), row.Adopters, SmallGroups.Cell(row.Active30D) })]),
        };
    }

    private DashboardPanel Moving()
    {
        var moving = Shown().Where(row => row.Change30D != 0 && !SmallGroups.IsSmall(Math.Abs(row.Change30D)))
            .OrderByDescending(row => Math.Abs(row.Change30D)).ThenBy(NameOf, StringComparer.Ordinal)
            .ThenBy(row => row.RegionCode, StringComparer.Ordinal).Take(Movers).ToList();
        return moving.Count == 0
            ? new DashboardPanel(
                "adoption-movers", "Movers", $"No feature won or lost {SmallGroups.Fewest} adopters in a region within thirty days.")
            : new DashboardPanel("adoption-movers", "Movers", "Where adopters changed most within thirty days.")
            {
                Table = new DashboardTable(
                    [new("Feature"), new("Region"), new("Change", DashboardColumnKind.Number), new("Adopters", DashboardColumnKind.Number)],
                    [.. moving.Select(row => new object?[] { NameOf(row), row.RegionCode, row.Change30D, row.Adopters })]),
            };
    }

    private DashboardPanel ByFeature()
    {
        var (rows, leftOut) = Largest();
        return new DashboardPanel("adoption-features", "Adopters by feature", $"Of the regions that are shown.{leftOut}")
        {
            Chart = new DashboardChart(DashboardChartKind.Bars, "Feature", "Adopters") { Series = "Region" },
            Table = new DashboardTable(
                [new("Feature"), new("Region"), new("Adopters", DashboardColumnKind.Number)],
                [.. rows.OrderBy(row => row.ModuleName, StringComparer.Ordinal).ThenBy(row => row.FeatureName, StringComparer.Ordinal)
                    .Select(row => new object?[] { NameOf(row), row.RegionCode, row.Adopters })]),
        };
    }

    // Two modules may have features of one name.
    private string NameOf(FeatureAdoption row) =>
        _ambiguous.Contains(row.FeatureName) ? $"{row.ModuleName}: {row.FeatureName}" : row.FeatureName;
}

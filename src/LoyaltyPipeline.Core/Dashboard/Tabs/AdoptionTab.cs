using LoyaltyPipeline.Core.Adoption;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Feature adoption: which features are used where, and which are on the move.</summary>
/// <param name="data">What was read.</param>
internal sealed class AdoptionTab(DashboardData data)
{
    private const int Movers = 15;

    public DashboardTab Build()
    {
        var shown = data.Adoption.Where(row => !row.IsSmallRegion && !SmallGroups.IsSmall(row.Adopters)).ToList();
        DashboardPanel[] panels = shown.Count == 0
            ? [new DashboardPanel("adoption-none", "Feature adoption", data.Newest is null ? "No day has been merged yet." : $"No feature has {SmallGroups.Fewest} adopters in a region, or the source of feature adoption has no rows.")]
            : [Rates(shown), Moving(shown), ByFeature(shown)];
        return new DashboardTab("adoption", "Feature adoption", State: null, panels);
    }

    private DashboardPanel Rates(List<FeatureAdoption> rows) => new(
        "adoption-rates",
        "Adoption by region and feature",
        $"The share of each region's users with an active account who have used a feature, on {Written.Day(data.Newest!.Value)}. Regions of fewer than {SmallGroups.Fewest} users, and features with fewer adopters, are not shown.")
    {
        IsWide = true,
        Chart = new DashboardChart(DashboardChartKind.HeatMap, "Feature", "Adoption") { Series = "Region" },
        Table = new DashboardTable(
            [new("Region"), new("Module"), new("Feature"), new("Adoption", DashboardColumnKind.Share), new("Adopters", DashboardColumnKind.Number), new("Active in 30 days", DashboardColumnKind.Number)],
            [.. rows.OrderBy(row => row.ModuleName, StringComparer.Ordinal).ThenBy(row => row.FeatureName, StringComparer.Ordinal).Select(row => new object?[] { row.RegionCode, row.ModuleName, NameOf(row), row.AdoptionRate, row.Adopters, SmallGroups.Cell(row.Active30D) })]),
    };

    private DashboardPanel Moving(List<FeatureAdoption> rows)
    {
        var moving = rows.Where(row => row.Change30D != 0 && !SmallGroups.IsSmall(Math.Abs(row.Change30D))).OrderByDescending(row => Math.Abs(row.Change30D)).ThenBy(NameOf, StringComparer.Ordinal).ThenBy(row => row.RegionCode, StringComparer.Ordinal).Take(Movers).ToList();
        return moving.Count == 0
            ? new DashboardPanel("adoption-movers", "Movers", $"No feature won or lost {SmallGroups.Fewest} adopters in a region within thirty days.")
            : new DashboardPanel("adoption-movers", "Movers", "Where adopters changed most within thirty days.")
            {
                Table = new DashboardTable(
                    [new("Feature"), new("Region"), new("Change", DashboardColumnKind.Number), new("Adopters", DashboardColumnKind.Number)],
                    [.. moving.Select(row => new object?[] { NameOf(row), row.RegionCode, row.Change30D, row.Adopters })]),
            };
    }

    private DashboardPanel ByFeature(List<FeatureAdoption> rows) => new("adoption-features", "Adopters by feature", "Of the regions that are shown.")
    {
        Chart = new DashboardChart(DashboardChartKind.Bars, "Feature", "Adopters") { Series = "Region" },
        Table = new DashboardTable([new("Feature"), new("Region"), new("Adopters", DashboardColumnKind.Number)], [.. rows.OrderBy(row => row.ModuleName, StringComparer.Ordinal).ThenBy(row => row.FeatureName, StringComparer.Ordinal).Select(row => new object?[] { NameOf(row), row.RegionCode, row.Adopters })]),
    };

    // Two modules may have features of one name.
    private string NameOf(FeatureAdoption row) => data.Adoption.Any(other => other.FeatureName == row.FeatureName && other.ModuleName != row.ModuleName) ? $"{row.ModuleName}: {row.FeatureName}" : row.FeatureName;
}

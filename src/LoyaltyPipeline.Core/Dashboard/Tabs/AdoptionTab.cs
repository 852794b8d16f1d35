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
            [.. rows.OrderBy(row => row.Module, StringComparer.Ordinal).ThenBy(row => row.Feature, StringComparer.Ordinal).Select(row => new object?[] { row.Region, row.Module, NameOf(row), row.Rate, row.Adopters, SmallGroups.Cell(row.Active30Days) })]),
    };

    private DashboardPanel Moving(List<FeatureAdoption> rows)
    {
        var moving = rows.Where(row => row.Change30Days != 0 && !SmallGroups.IsSmall(Math.Abs(row.Change30Days))).OrderByDescending(row => Math.Abs(row.Change30Days)).ThenBy(NameOf, StringComparer.Ordinal).ThenBy(row => row.Region, StringComparer.Ordinal).Take(Movers).ToList();
        return moving.Count == 0
            ? new DashboardPanel("adoption-movers", "Movers", $"No feature won or lost {SmallGroups.Fewest} adopters in a region within thirty days.")
            : new DashboardPanel("adoption-movers", "Movers", "Where adopters changed most within thirty days.")
            {
                Table = new DashboardTable(
                    [new("Feature"), new("Region"), new("Change", DashboardColumnKind.Number), new("Adopters", DashboardColumnKind.Number)],
                    [.. moving.Select(row => new object?[] { NameOf(row), row.Region, row.Change30Days, row.Adopters })]),
            };
    }

    private DashboardPanel ByFeature(List<FeatureAdoption> rows) => new("adoption-features", "Adopters by feature", "Of the regions that are shown.")
    {
        Chart = new DashboardChart(DashboardChartKind.Bars, "Feature", "Adopters") { Series = "Region" },
        Table = new DashboardTable([new("Feature"), new("Region"), new("Adopters", DashboardColumnKind.Number)], [.. rows.OrderBy(row => row.Module, StringComparer.Ordinal).ThenBy(row => row.Feature, StringComparer.Ordinal).Select(row => new object?[] { NameOf(row), row.Region, row.Adopters })]),
    };

    // Two modules may have features of one name.
    private string NameOf(FeatureAdoption row) => data.Adoption.Any(other => other.Feature == row.Feature && other.Module != row.Module) ? $"{row.Module}: {row.Feature}" : row.Feature;
}

namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>Everything that the dashboard shows, before it is drawn: aggregates and words, never a user.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Subtitle">Of which warehouse, and as of when.</param>
/// <param name="Tabs">The tabs, the first of which is shown first.</param>
internal sealed record DashboardDocument(string Title, string Subtitle, IReadOnlyList<DashboardTab> Tabs)
{
    public bool HasCharts => Tabs.Any(tab => tab.Panels.Any(panel => panel.Chart is not null));
}

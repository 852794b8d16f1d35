namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>A tab.</summary>
/// <param name="Id">Names it in the address of the page; lower case and hyphens.</param>
/// <param name="Title">What its button says.</param>
/// <param name="State">The worst of what is in it; null where that is not a question.</param>
/// <param name="Panels">What it shows, in order.</param>
internal sealed record DashboardTab(string Id, string Title, DashboardState? State, IReadOnlyList<DashboardPanel> Panels);

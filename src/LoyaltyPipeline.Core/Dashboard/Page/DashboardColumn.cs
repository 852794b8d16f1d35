namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading, by which a chart names it.</param>
/// <param name="Kind">What its cells are.</param>
/// <param name="Unit">The unit of its numbers; null for none.</param>
internal sealed record DashboardColumn(string Name, DashboardColumnKind Kind = DashboardColumnKind.Text, string? Unit = null);

namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>A line across a chart.</summary>
/// <param name="At">The place of X.</param>
/// <param name="Label">What it stands for.</param>
internal sealed record DashboardMarkLine(string At, string Label);

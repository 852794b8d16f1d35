namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>An arrow between two boxes, and whether what it claims holds.</summary>
/// <param name="From">The box it comes from.</param>
/// <param name="To">The box it leads to.</param>
/// <param name="Text">What it claims, and what was found.</param>
/// <param name="State">Whether it holds.</param>
internal sealed record DashboardLink(string From, string To, string Text, DashboardState State);

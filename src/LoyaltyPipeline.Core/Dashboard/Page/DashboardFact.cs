namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>A figure to be read at a glance.</summary>
/// <param name="Value">The figure, written out.</param>
/// <param name="Note">What it is compared with; null for nothing.</param>
/// <param name="State">How it is; null where that is not a question.</param>
internal sealed record DashboardFact(string Label, string Value, string? Note = null, DashboardState? State = null);

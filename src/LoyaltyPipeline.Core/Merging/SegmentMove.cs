namespace LoyaltyPipeline.Core.Merging;

/// <summary>Users who went from one segment to another.</summary>
/// <param name="From">The segment before; null for users who are new.</param>
/// <param name="To">The segment now; null for users who are gone.</param>
/// <param name="Users">How many.</param>
public sealed record SegmentMove(string? From, string? To, long Users);

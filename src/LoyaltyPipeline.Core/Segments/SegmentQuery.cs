namespace LoyaltyPipeline.Core.Segments;

/// <summary>Which members to read.</summary>
/// <param name="Segment">Of one segment; null for all.</param>
/// <param name="RegionCode">Of one region; null for all.</param>
/// <param name="First">At most so many; null for all.</param>
public sealed record SegmentQuery(EngagementSegment? Segment = null, string? RegionCode = null, int? First = null);

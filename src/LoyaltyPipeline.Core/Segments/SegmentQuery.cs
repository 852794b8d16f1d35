namespace LoyaltyPipeline.Core.Segments;

/// <summary>Which members to read.</summary>
/// <param name="Segment">Of one segment; null for all.</param>
/// <param name="Regions">Of these regions, by code or name, with <c>*</c> and <c>?</c>; <c>(none)</c> for users without one,
/// <c>(unknown)</c> for those whose region REGION_METADATA does not know. Null or empty for all.</param>
/// <param name="First">At most so many; null for all.</param>
public sealed record SegmentQuery(EngagementSegment? Segment = null, IReadOnlyList<string>? Regions = null, int? First = null);

namespace LoyaltyPipeline.Core.Segments;

/// <summary>A user of a segment, without personal data.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Segment">The segment.</param>
/// <param name="Score">The engagement score; null where there is none.</param>
/// <param name="ScoreDate">The day of the score.</param>
/// <param name="RegionCode">The region.</param>
/// <param name="AccountType">Tier of the account.</param>
/// <param name="AccountStatus">State of the account.</param>
/// <param name="MarketingConsent">Whether the user agreed to marketing messages.</param>
/// <param name="LastActivityAt">The latest activity (UTC).</param>
public sealed record SegmentMember(
    long UserId, EngagementSegment Segment, decimal? Score, DateOnly? ScoreDate, string? RegionCode, string AccountType, string AccountStatus, bool MarketingConsent, DateTime? LastActivityAt);

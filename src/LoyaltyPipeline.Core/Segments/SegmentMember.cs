namespace LoyaltyPipeline.Core.Segments;

/// <summary>A user of a segment, without personal data.</summary>
public sealed class SegmentMember(
    long userId, string segment, decimal? score, DateTime? scoreDate, string? regionCode, string accountType, string accountStatus,
    bool marketingConsent, DateTime? lastActivityAt)
{
    /// <summary>The user.</summary>
    public long UserId { get; } = userId;

    /// <summary>The segment, as Master calls it: <c>Highly Engaged</c>.</summary>
    public string Segment { get; } = segment;

    /// <summary>The engagement score; null where there is none.</summary>
    public decimal? Score { get; } = score;

    /// <summary>The day of the score, as the time at which it begins.</summary>
    public DateTime? ScoreDate { get; } = scoreDate;

    /// <summary>The region.</summary>
    public string? RegionCode { get; } = regionCode;

    /// <summary>Tier of the account.</summary>
    public string AccountType { get; } = accountType;

    /// <summary>State of the account.</summary>
    public string AccountStatus { get; } = accountStatus;

    /// <summary>Whether the user agreed to marketing messages.</summary>
    public bool MarketingConsent { get; } = marketingConsent;

    /// <summary>The latest activity (UTC).</summary>
    public DateTime? LastActivityAt { get; } = lastActivityAt;
}

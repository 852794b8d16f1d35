namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>
/// One row of Master, columns in the order of the design. Nullable also where a sound Master never has a null: a reader must not fail on a
/// wrong one.
/// </summary>
public sealed record MasterRow
{
    public required long UserId { get; init; }
    public string? Email { get; init; }
    public string? FullName { get; init; }
    public string? Phone { get; init; }
    public string? RegionCode { get; init; }
    public string? AccountType { get; init; }
    public string? AccountStatus { get; init; }
    public bool? MarketingConsent { get; init; }
    public DateTime? SignedUpAt { get; init; }

    public string? RegionName { get; init; }
    public string? RegionClass { get; init; }

    public DateTime? LastLoginAt { get; init; }
    public int? Logins30D { get; init; }
    public DateTime? LastPurchaseAt { get; init; }
    public int? PurchasesTotal { get; init; }
    public decimal? PurchaseAmountTotal { get; init; }
    public int? Purchases30D { get; init; }
    public int? FeedbackCount { get; init; }
    public decimal? AverageRating { get; init; }
    public DateTime? LastActivityAt { get; init; }

    public decimal? EngagementScore { get; init; }
    public DateOnly? EngagementScoreDate { get; init; }
    public int? RepeatEngagements { get; init; }

    public int? FeaturesAdopted { get; init; }
    public int? ModulesAdopted { get; init; }
    public DateTime? LastFeatureUsedAt { get; init; }

    public int? RetentionActions { get; init; }
    public string? LastRetentionAction { get; init; }
    public DateTime? LastRetentionActionAt { get; init; }
    public string? LastRetentionOutcome { get; init; }

    public int? SupportCalls30D { get; init; }
    public int? SupportChats30D { get; init; }
    public decimal? AverageChatSatisfaction { get; init; }
    public int? OpenTickets { get; init; }
    public int? Tickets30D { get; init; }
    public int? OpenServiceRequests { get; init; }
    public int? HelpViews30D { get; init; }

    public decimal? LowEngagementBelow { get; init; }
    public decimal? HighlyEngagedFrom { get; init; }
    public string? EngagementSegment { get; init; }
}

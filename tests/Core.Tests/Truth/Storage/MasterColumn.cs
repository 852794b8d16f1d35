namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>A column of Master by name and how to get it from a row.</summary>
public sealed record MasterColumn(string Name, Func<MasterRow, object?> Cell)
{
    /// <summary>All columns in the order of the design.</summary>
    public static IReadOnlyList<MasterColumn> All { get; } =
    [
        new("USER_ID", row => row.UserId),
        new("EMAIL", row => row.Email),
        new("FULL_NAME", row => row.FullName),
        new("PHONE", row => row.Phone),
        new("REGION_CODE", row => row.RegionCode),
        new("ACCOUNT_TYPE", row => row.AccountType),
        new("ACCOUNT_STATUS", row => row.AccountStatus),
        new("MARKETING_CONSENT", row => row.MarketingConsent),
        new("SIGNED_UP_AT", row => row.SignedUpAt),
        new("REGION_NAME", row => row.RegionName),
        new("REGION_CLASS", row => row.RegionClass),
        new("LAST_LOGIN_AT", row => row.LastLoginAt),
        new("LOGINS_30D", row => row.Logins30D),
        new("LAST_PURCHASE_AT", row => row.LastPurchaseAt),
        new("PURCHASES_TOTAL", row => row.PurchasesTotal),
        new("PURCHASE_AMOUNT_TOTAL", row => row.PurchaseAmountTotal),
        new("PURCHASES_30D", row => row.Purchases30D),
        new("FEEDBACK_COUNT", row => row.FeedbackCount),
        new("AVERAGE_RATING", row => row.AverageRating),
        new("LAST_ACTIVITY_AT", row => row.LastActivityAt),
        new("ENGAGEMENT_SCORE", row => row.EngagementScore),
        new("ENGAGEMENT_SCORE_DATE", row => row.EngagementScoreDate),
        new("REPEAT_ENGAGEMENTS", row => row.RepeatEngagements),
        new("FEATURES_ADOPTED", row => row.FeaturesAdopted),
        new("MODULES_ADOPTED", row => row.ModulesAdopted),
        new("LAST_FEATURE_USED_AT", row => row.LastFeatureUsedAt),
        new("RETENTION_ACTIONS", row => row.RetentionActions),
        new("LAST_RETENTION_ACTION", row => row.LastRetentionAction),
        new("LAST_RETENTION_ACTION_AT", row => row.LastRetentionActionAt),
        new("LAST_RETENTION_OUTCOME", row => row.LastRetentionOutcome),
        new("SUPPORT_CALLS_30D", row => row.SupportCalls30D),
        new("SUPPORT_CHATS_30D", row => row.SupportChats30D),
        new("AVERAGE_CHAT_SATISFACTION", row => row.AverageChatSatisfaction),
        new("OPEN_TICKETS", row => row.OpenTickets),
        new("TICKETS_30D", row => row.Tickets30D),
        new("OPEN_SERVICE_REQUESTS", row => row.OpenServiceRequests),
        new("HELP_VIEWS_30D", row => row.HelpViews30D),
        new("LOW_ENGAGEMENT_BELOW", row => row.LowEngagementBelow),
        new("HIGHLY_ENGAGED_FROM", row => row.HighlyEngagedFrom),
        new("ENGAGEMENT_SEGMENT", row => row.EngagementSegment),
    ];
}

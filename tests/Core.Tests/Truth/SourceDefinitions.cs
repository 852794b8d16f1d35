using static LoyaltyPipeline.Core.Tests.Truth.CellCheck;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>The thirteen sources as section 4 of the design lists them.</summary>
public static class SourceDefinitions
{
    public static SourceDefinition<UserProfileRow> UserProfile { get; } =
        new SourceDefinition<UserProfileRow>(
            "DW_A.USER_PROFILE", sources => sources.UserProfile, (sources, rows) => sources with { UserProfile = rows })
            .Key("USER_ID", row => row.UserId)
            .Optional("EMAIL", row => row.Email)
            .Optional("FULL_NAME", row => row.FullName)
            .Optional("PHONE", row => row.Phone)
            .Optional("REGION_CODE", row => row.RegionCode)
            .Required("ACCOUNT_TYPE", row => row.AccountType, OneOf("standard", "plus", "premium"))
            .Required("ACCOUNT_STATUS", row => row.AccountStatus, OneOf("active", "suspended", "closed"))
            .Required("MARKETING_CONSENT", row => row.MarketingConsent)
            .Required("SIGNED_UP_AT", row => row.SignedUpAt)
            .Required("UPDATED_AT", row => row.UpdatedAt)
            .EventTime("UPDATED_AT").SmallerWins("MARKETING_CONSENT").AlwaysCounted();

    public static SourceDefinition<UserActivityRow> UserActivity { get; } =
        new SourceDefinition<UserActivityRow>(
            "DW_A.USER_ACTIVITY", sources => sources.UserActivity, (sources, rows) => sources with { UserActivity = rows })
            .Key("ACTIVITY_ID", row => row.ActivityId)
            .Required("USER_ID", row => row.UserId)
            .Required("ACTIVITY_TYPE", row => row.ActivityType, OneOf("login", "purchase", "feedback"))
            .Required("ACTIVITY_AT", row => row.ActivityAt)
            .Optional("AMOUNT", row => row.Amount)
            .Optional("RATING", row => row.Rating, Between(1, 5))
            .EventTime("ACTIVITY_AT").OwnedBy(row => row.UserId);

    public static SourceDefinition<EngagementScoreRow> EngagementScore { get; } =
        new SourceDefinition<EngagementScoreRow>(
            "DW_A.ENGAGEMENT_SCORE", sources => sources.EngagementScore, (sources, rows) => sources with { EngagementScore = rows })
            .Key("USER_ID", row => row.UserId)
            .Key("SCORE_DATE", row => row.ScoreDate)
            .Required("SCORE", row => row.Score, Between(0, 100))
            .EventTime("SCORE_DATE").OwnedBy(row => row.UserId);

    public static SourceDefinition<RepeatEngagementRow> RepeatEngagements { get; } =
        new SourceDefinition<RepeatEngagementRow>(
            "DW_A.REPEAT_ENGAGEMENTS", sources => sources.RepeatEngagements, (sources, rows) => sources with { RepeatEngagements = rows })
            .Key("USER_ID", row => row.UserId)
            .Key("ENGAGEMENT_TYPE", row => row.EngagementType)
            .Required("REPEAT_COUNT", row => row.RepeatCount, Between(0, 1_000_000))
            .Required("LAST_ENGAGED_AT", row => row.LastEngagedAt)
            .EventTime("LAST_ENGAGED_AT").OwnedBy(row => row.UserId);

    public static SourceDefinition<FeatureAdoptionRow> FeatureAdoption { get; } =
        new SourceDefinition<FeatureAdoptionRow>(
            "DW_B.FEATURE_ADOPTION", sources => sources.FeatureAdoption, (sources, rows) => sources with { FeatureAdoption = rows })
            .Key("USER_ID", row => row.UserId)
            .Key("FEATURE_NAME", row => row.FeatureName)
            .Required("MODULE_NAME", row => row.ModuleName)
            .Required("FIRST_USED_AT", row => row.FirstUsedAt)
            .Required("LAST_USED_AT", row => row.LastUsedAt)
            .Required("USE_COUNT", row => row.UseCount, AtLeast(0))
            .EventTime("LAST_USED_AT").CountedBy("FIRST_USED_AT").OwnedBy(row => row.UserId);

    public static SourceDefinition<RetentionActionRow> RetentionAction { get; } =
        new SourceDefinition<RetentionActionRow>(
            "DW_B.RETENTION_ACTION", sources => sources.RetentionAction, (sources, rows) => sources with { RetentionAction = rows })
            .Key("ACTION_ID", row => row.ActionId)
            .Required("USER_ID", row => row.UserId)
            .Required("ACTION_TYPE", row => row.ActionType)
            .Required("ACTION_AT", row => row.ActionAt)
            .Required("OUTCOME", row => row.Outcome, OneOf("pending", "retained", "churned"))
            .EventTime("ACTION_AT").OwnedBy(row => row.UserId);

    public static SourceDefinition<SupportCallsRow> SupportCalls { get; } =
        new SourceDefinition<SupportCallsRow>(
            "DW_B.SUPPORT_CALLS", sources => sources.SupportCalls, (sources, rows) => sources with { SupportCalls = rows })
            .Key("USER_ID", row => row.UserId)
            .Key("AS_OF_DATE", row => row.AsOfDate)
            .Required("CALLS_LAST_30_DAYS", row => row.CallsLast30Days, AtLeast(0))
            .EventTime("AS_OF_DATE").OwnedBy(row => row.UserId);

    public static SourceDefinition<SupportChatRow> SupportChats { get; } =
        new SourceDefinition<SupportChatRow>(
            "DW_B.SUPPORT_CHATS", sources => sources.SupportChats, (sources, rows) => sources with { SupportChats = rows })
            .Key("CHAT_ID", row => row.ChatId)
            .Required("USER_ID", row => row.UserId)
            .Required("STARTED_AT", row => row.StartedAt)
            .Required("DURATION_SECONDS", row => row.DurationSeconds, AtLeast(0))
            .Optional("SATISFACTION", row => row.Satisfaction, Between(1, 5))
            .EventTime("STARTED_AT").OwnedBy(row => row.UserId);

    public static SourceDefinition<IssueTicketRow> IssueTickets { get; } =
        new SourceDefinition<IssueTicketRow>(
            "DW_B.ISSUE_TICKETS", sources => sources.IssueTickets, (sources, rows) => sources with { IssueTickets = rows })
            .Key("TICKET_ID", row => row.TicketId)
            .Required("USER_ID", row => row.UserId)
            .Required("CATEGORY", row => row.Category, OneOf("technical", "operational"))
            .Required("SEVERITY", row => row.Severity, OneOf("low", "medium", "high", "critical"))
            .Required("OPENED_AT", row => row.OpenedAt)
            .Optional("CLOSED_AT", row => row.ClosedAt)
            .EventTime("OPENED_AT").OwnedBy(row => row.UserId);

    public static SourceDefinition<ServiceRequestRow> ServiceRequests { get; } =
        new SourceDefinition<ServiceRequestRow>(
            "DW_B.SERVICE_REQUESTS", sources => sources.ServiceRequests, (sources, rows) => sources with { ServiceRequests = rows })
            .Key("REQUEST_ID", row => row.RequestId)
            .Required("USER_ID", row => row.UserId)
            .Required("REQUEST_TYPE", row => row.RequestType, OneOf("service", "feature"))
            .Required("REQUESTED_AT", row => row.RequestedAt)
            .Required("STATUS", row => row.Status, OneOf("open", "fulfilled", "declined"))
            .EventTime("REQUESTED_AT").OwnedBy(row => row.UserId);

    public static SourceDefinition<ProductSupportUsageRow> ProductSupportUsage { get; } =
        new SourceDefinition<ProductSupportUsageRow>(
            "DW_B.PRODUCT_SUPPORT_USAGE", sources => sources.ProductSupportUsage,
            (sources, rows) => sources with { ProductSupportUsage = rows })
            .Key("USAGE_ID", row => row.UsageId)
            .Required("USER_ID", row => row.UserId)
            .Required("CONTENT_TYPE", row => row.ContentType, OneOf("help_article", "faq"))
            .Required("CONTENT_ID", row => row.ContentId)
            .Required("VIEWED_AT", row => row.ViewedAt)
            .EventTime("VIEWED_AT").OwnedBy(row => row.UserId);

    public static SourceDefinition<RegionMetadataRow> RegionMetadata { get; } =
        new SourceDefinition<RegionMetadataRow>(
            "DW_C.REGION_METADATA", sources => sources.RegionMetadata, (sources, rows) => sources with { RegionMetadata = rows })
            .Key("REGION_CODE", row => row.RegionCode)
            .Required("REGION_NAME", row => row.RegionName)
            .Required("COUNTRY", row => row.Country)
            .Required("REGION_CLASS", row => row.RegionClass, OneOf("Core", "Growth", "Emerging"));

    public static SourceDefinition<RegionThresholdsRow> RegionThresholds { get; } =
        new SourceDefinition<RegionThresholdsRow>(
            "DW_C.REGION_THRESHOLDS", sources => sources.RegionThresholds, (sources, rows) => sources with { RegionThresholds = rows })
            .Key("REGION_CODE", row => row.RegionCode)
            .Key("EFFECTIVE_FROM", row => row.EffectiveFrom)
            .Required("LOW_ENGAGEMENT_BELOW", row => row.LowEngagementBelow)
            .Required("HIGHLY_ENGAGED_FROM", row => row.HighlyEngagedFrom)
            .EventTime("EFFECTIVE_FROM").InRange(row => row.LowEngagementBelow <= row.HighlyEngagedFrom);

    public static IReadOnlyList<ISourceDefinition> All { get; } =
    [
        UserProfile, UserActivity, EngagementScore, RepeatEngagements, FeatureAdoption, RetentionAction, SupportCalls,
        SupportChats, IssueTickets, ServiceRequests, ProductSupportUsage, RegionMetadata, RegionThresholds,
    ];
}

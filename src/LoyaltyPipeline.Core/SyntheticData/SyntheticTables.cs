using SqlType = LoyaltyPipeline.Core.SyntheticData.SyntheticColumnType;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>The thirteen source tables. Here and nowhere else in the generator, so that one test can hold it against the catalog.</summary>
internal static class SyntheticTables
{
    public const string UserId = "USER_ID";

    public static readonly SyntheticTable UserProfile = new("DW_A.USER_PROFILE",
    [
        Key(UserId, SqlType.BigInt), Optional("EMAIL", SqlType.Varchar), Optional("FULL_NAME", SqlType.Varchar),
        Optional("PHONE", SqlType.Varchar),
        Optional("REGION_CODE", SqlType.Varchar), OneOf("ACCOUNT_TYPE", "standard", "plus", "premium"),
        OneOf("ACCOUNT_STATUS", "active", "suspended", "closed"), Column("MARKETING_CONSENT", SqlType.Boolean),
        Column("SIGNED_UP_AT", SqlType.Timestamp), EventTime("UPDATED_AT"),
    ]);

    public static readonly SyntheticTable UserActivity = new("DW_A.USER_ACTIVITY",
    [
        Key("ACTIVITY_ID", SqlType.BigInt), Column(UserId, SqlType.BigInt), OneOf("ACTIVITY_TYPE", "login", "purchase", "feedback"),
        EventTime("ACTIVITY_AT"), Optional("AMOUNT", SqlType.Decimal),
        Optional("RATING", SqlType.Integer) with { Minimum = 1, Maximum = 5 },
    ]);

    public static readonly SyntheticTable EngagementScore = new("DW_A.ENGAGEMENT_SCORE",
    [
        Key(UserId, SqlType.BigInt), Key("SCORE_DATE", SqlType.Date) with { IsEventTime = true },
        Column("SCORE", SqlType.Decimal) with { Minimum = 0, Maximum = 100 },
    ]);

    public static readonly SyntheticTable RepeatEngagements = new("DW_A.REPEAT_ENGAGEMENTS",
        [Key(UserId, SqlType.BigInt), Key("ENGAGEMENT_TYPE", SqlType.Varchar), Count("REPEAT_COUNT") with { Maximum = 1_000_000 },
            EventTime("LAST_ENGAGED_AT")]);

    public static readonly SyntheticTable FeatureAdoption = new("DW_B.FEATURE_ADOPTION",
    [
        Key(UserId, SqlType.BigInt), Key("FEATURE_NAME", SqlType.Varchar), Column("MODULE_NAME", SqlType.Varchar),
        Column("FIRST_USED_AT", SqlType.Timestamp),
        EventTime("LAST_USED_AT"), Count("USE_COUNT"),
    ]);

    public static readonly SyntheticTable RetentionAction = new("DW_B.RETENTION_ACTION",
    [
        Key("ACTION_ID", SqlType.BigInt), Column(UserId, SqlType.BigInt), Column("ACTION_TYPE", SqlType.Varchar), EventTime("ACTION_AT"),
        OneOf("OUTCOME", "pending", "retained", "churned"),
    ]);

    public static readonly SyntheticTable SupportCalls = new("DW_B.SUPPORT_CALLS",
        [Key(UserId, SqlType.BigInt), Key("AS_OF_DATE", SqlType.Date) with { IsEventTime = true }, Count("CALLS_LAST_30_DAYS")]);

    public static readonly SyntheticTable SupportChats = new("DW_B.SUPPORT_CHATS",
    [
        Key("CHAT_ID", SqlType.BigInt), Column(UserId, SqlType.BigInt), EventTime("STARTED_AT"), Count("DURATION_SECONDS"),
        Optional("SATISFACTION", SqlType.Integer) with { Minimum = 1, Maximum = 5 },
    ]);

    public static readonly SyntheticTable IssueTickets = new("DW_B.ISSUE_TICKETS",
    [
        Key("TICKET_ID", SqlType.BigInt), Column(UserId, SqlType.BigInt), OneOf("CATEGORY", "technical", "operational"),
        OneOf("SEVERITY", "low", "medium", "high", "critical"), EventTime("OPENED_AT"), Optional("CLOSED_AT", SqlType.Timestamp),
    ]);

    public static readonly SyntheticTable ServiceRequests = new("DW_B.SERVICE_REQUESTS",
    [
        Key("REQUEST_ID", SqlType.BigInt), Column(UserId, SqlType.BigInt), OneOf("REQUEST_TYPE", "service", "feature"),
        EventTime("REQUESTED_AT"),
        OneOf("STATUS", "open", "fulfilled", "declined"),
    ]);

    public static readonly SyntheticTable ProductSupportUsage = new("DW_B.PRODUCT_SUPPORT_USAGE",
    [
        Key("USAGE_ID", SqlType.BigInt), Column(UserId, SqlType.BigInt), OneOf("CONTENT_TYPE", "help_article", "faq"),
        Column("CONTENT_ID", SqlType.Varchar),
        EventTime("VIEWED_AT"),
    ]);

    public static readonly SyntheticTable RegionMetadata = new("DW_C.REGION_METADATA",
    [
        Key("REGION_CODE", SqlType.Varchar), Column("REGION_NAME", SqlType.Varchar), Column("COUNTRY", SqlType.Varchar),
        OneOf("REGION_CLASS", "Core", "Growth", "Emerging"),
    ]);

    public static readonly SyntheticTable RegionThresholds = new("DW_C.REGION_THRESHOLDS",
    [
        Key("REGION_CODE", SqlType.Varchar), Key("EFFECTIVE_FROM", SqlType.Date) with { IsEventTime = true },
        Column("LOW_ENGAGEMENT_BELOW", SqlType.Decimal) with { NotAbove = "HIGHLY_ENGAGED_FROM" },
        Column("HIGHLY_ENGAGED_FROM", SqlType.Decimal),
    ]);

    public static readonly IReadOnlyList<SyntheticTable> All =
    [
        UserProfile, UserActivity, EngagementScore, RepeatEngagements, FeatureAdoption, RetentionAction, SupportCalls, SupportChats,
        IssueTickets, ServiceRequests, ProductSupportUsage, RegionMetadata, RegionThresholds,
    ];

    private static SyntheticColumn Column(string name, SqlType type) => new(name, type);

    private static SyntheticColumn Key(string name, SqlType type) => new(name, type) { IsKey = true };

    private static SyntheticColumn Optional(string name, SqlType type) => new(name, type) { IsNullable = true };

    private static SyntheticColumn OneOf(string name, params string[] accepted) => new(name, SqlType.Varchar) { Accepted = accepted };

    private static SyntheticColumn EventTime(string name) => new(name, SqlType.Timestamp) { IsEventTime = true };

    private static SyntheticColumn Count(string name) => new(name, SqlType.Integer) { Minimum = 0 };
}

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>
/// The sources as section 4 of the design lists them, written down from it by hand: the only list of them that tests have.
/// Of a table: <c>key</c>, <c>event</c> for the event time, <c>counted</c> where another column than that decides whether a row counts, and
/// <c>required</c>. Of a column: <c>null</c> where it may be NULL, <c>in</c> for accepted values, <c>min</c>, <c>max</c>, <c>not_below</c>,
/// <c>smaller_wins</c>, <c>of</c> for a reference whose orphans are quarantined, <c>to</c> for one that is only told, and <c>pii</c>.
/// </summary>
public static class SourceDefinitions
{
    private static readonly List<ISourceDefinition> Declared = [];

    public static SourceDefinition<UserProfileRow> UserProfile { get; } = Declare<UserProfileRow>("""
        DW_A.USER_PROFILE key=USER_ID event=UPDATED_AT counted=none required:
            USER_ID BIGINT; EMAIL VARCHAR null pii=email; FULL_NAME VARCHAR null pii=name; PHONE VARCHAR null pii=phone;
            REGION_CODE VARCHAR null to=REGION_METADATA; ACCOUNT_TYPE VARCHAR in=standard,plus,premium;
            ACCOUNT_STATUS VARCHAR in=active,suspended,closed; MARKETING_CONSENT BOOLEAN smaller_wins; SIGNED_UP_AT TIMESTAMP;
            UPDATED_AT TIMESTAMP
        """);

    public static SourceDefinition<UserActivityRow> UserActivity { get; } = Declare<UserActivityRow>("""
        DW_A.USER_ACTIVITY key=ACTIVITY_ID event=ACTIVITY_AT:
            ACTIVITY_ID BIGINT; USER_ID BIGINT of=USER_PROFILE; ACTIVITY_TYPE VARCHAR in=login,purchase,feedback; ACTIVITY_AT TIMESTAMP;
            AMOUNT DECIMAL(12,2) null; RATING INTEGER null min=1 max=5
        """);

    public static SourceDefinition<EngagementScoreRow> EngagementScore { get; } = Declare<EngagementScoreRow>("""
        DW_A.ENGAGEMENT_SCORE key=USER_ID,SCORE_DATE event=SCORE_DATE:
            USER_ID BIGINT of=USER_PROFILE; SCORE_DATE DATE; SCORE DECIMAL(5,2) min=0 max=100
        """);

    public static SourceDefinition<RepeatEngagementRow> RepeatEngagements { get; } = Declare<RepeatEngagementRow>("""
        DW_A.REPEAT_ENGAGEMENTS key=USER_ID,ENGAGEMENT_TYPE event=LAST_ENGAGED_AT:
            USER_ID BIGINT of=USER_PROFILE; ENGAGEMENT_TYPE VARCHAR; REPEAT_COUNT INTEGER min=0 max=1000000; LAST_ENGAGED_AT TIMESTAMP
        """);

    public static SourceDefinition<FeatureAdoptionRow> FeatureAdoption { get; } = Declare<FeatureAdoptionRow>("""
        DW_B.FEATURE_ADOPTION key=USER_ID,FEATURE_NAME event=LAST_USED_AT counted=FIRST_USED_AT:
            USER_ID BIGINT of=USER_PROFILE; FEATURE_NAME VARCHAR; MODULE_NAME VARCHAR; FIRST_USED_AT TIMESTAMP; LAST_USED_AT TIMESTAMP;
            USE_COUNT INTEGER min=0
        """);

    public static SourceDefinition<RetentionActionRow> RetentionAction { get; } = Declare<RetentionActionRow>("""
        DW_B.RETENTION_ACTION key=ACTION_ID event=ACTION_AT:
            ACTION_ID BIGINT; USER_ID BIGINT of=USER_PROFILE; ACTION_TYPE VARCHAR; ACTION_AT TIMESTAMP;
            OUTCOME VARCHAR in=pending,retained,churned
        """);

    public static SourceDefinition<SupportCallsRow> SupportCalls { get; } = Declare<SupportCallsRow>("""
        DW_B.SUPPORT_CALLS key=USER_ID,AS_OF_DATE event=AS_OF_DATE:
            USER_ID BIGINT of=USER_PROFILE; AS_OF_DATE DATE; CALLS_LAST_30_DAYS INTEGER min=0
        """);

    public static SourceDefinition<SupportChatRow> SupportChats { get; } = Declare<SupportChatRow>("""
        DW_B.SUPPORT_CHATS key=CHAT_ID event=STARTED_AT:
            CHAT_ID BIGINT; USER_ID BIGINT of=USER_PROFILE; STARTED_AT TIMESTAMP; DURATION_SECONDS INTEGER min=0;
            SATISFACTION INTEGER null min=1 max=5
        """);

    public static SourceDefinition<IssueTicketRow> IssueTickets { get; } = Declare<IssueTicketRow>("""
        DW_B.ISSUE_TICKETS key=TICKET_ID event=OPENED_AT:
            TICKET_ID BIGINT; USER_ID BIGINT of=USER_PROFILE; CATEGORY VARCHAR in=technical,operational;
            SEVERITY VARCHAR in=low,medium,high,critical; OPENED_AT TIMESTAMP; CLOSED_AT TIMESTAMP null
        """);

    public static SourceDefinition<ServiceRequestRow> ServiceRequests { get; } = Declare<ServiceRequestRow>("""
        DW_B.SERVICE_REQUESTS key=REQUEST_ID event=REQUESTED_AT:
            REQUEST_ID BIGINT; USER_ID BIGINT of=USER_PROFILE; REQUEST_TYPE VARCHAR in=service,feature; REQUESTED_AT TIMESTAMP;
            STATUS VARCHAR in=open,fulfilled,declined
        """);

    public static SourceDefinition<ProductSupportUsageRow> ProductSupportUsage { get; } = Declare<ProductSupportUsageRow>("""
        DW_B.PRODUCT_SUPPORT_USAGE key=USAGE_ID event=VIEWED_AT:
            USAGE_ID BIGINT; USER_ID BIGINT of=USER_PROFILE; CONTENT_TYPE VARCHAR in=help_article,faq; CONTENT_ID VARCHAR;
            VIEWED_AT TIMESTAMP
        """);

    public static SourceDefinition<RegionMetadataRow> RegionMetadata { get; } = Declare<RegionMetadataRow>("""
        DW_C.REGION_METADATA key=REGION_CODE:
            REGION_CODE VARCHAR; REGION_NAME VARCHAR; COUNTRY VARCHAR; REGION_CLASS VARCHAR in=Core,Growth,Emerging
        """);

    public static SourceDefinition<RegionThresholdsRow> RegionThresholds { get; } = Declare<RegionThresholdsRow>("""
        DW_C.REGION_THRESHOLDS key=REGION_CODE,EFFECTIVE_FROM event=EFFECTIVE_FROM:
            REGION_CODE VARCHAR to=REGION_METADATA; EFFECTIVE_FROM DATE; LOW_ENGAGEMENT_BELOW DECIMAL(5,2);
            HIGHLY_ENGAGED_FROM DECIMAL(5,2) not_below=LOW_ENGAGEMENT_BELOW
        """);

    /// <summary>All of them, in the order in which they stand here.</summary>
    public static IReadOnlyList<ISourceDefinition> All { get; } = Declared;

    private static SourceDefinition<TRow> Declare<TRow>(string text)
        where TRow : class
    {
        var source = new SourceDefinition<TRow>(SourceTable.Parse(text));
        Declared.Add(source);
        return source;
    }
}

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Master as the design has it, written down from it by hand, in the words of <see cref="SourceDefinitions"/>.</summary>
public static class MasterDefinition
{
    /// <summary>The columns, one after another.</summary>
    public static string Text { get; } = SourceTable.OneLine("""
        USER_ID BIGINT; EMAIL VARCHAR null pii=email; FULL_NAME VARCHAR null pii=name; PHONE VARCHAR null pii=phone;
        REGION_CODE VARCHAR null;
        ACCOUNT_TYPE VARCHAR in=standard,plus,premium; ACCOUNT_STATUS VARCHAR in=active,suspended,closed; MARKETING_CONSENT BOOLEAN;
        SIGNED_UP_AT TIMESTAMP;
        REGION_NAME VARCHAR null; REGION_CLASS VARCHAR null in=Core,Growth,Emerging;
        LAST_LOGIN_AT TIMESTAMP null; LOGINS_30D INTEGER min=0; LAST_PURCHASE_AT TIMESTAMP null; PURCHASES_TOTAL INTEGER min=0;
        PURCHASE_AMOUNT_TOTAL DECIMAL(18,2); PURCHASES_30D INTEGER min=0; FEEDBACK_COUNT INTEGER min=0;
        AVERAGE_RATING DECIMAL(3,2) null min=1 max=5;
        LAST_ACTIVITY_AT TIMESTAMP null;
        ENGAGEMENT_SCORE DECIMAL(5,2) null min=0 max=100; ENGAGEMENT_SCORE_DATE DATE null;
        REPEAT_ENGAGEMENTS INTEGER min=0;
        FEATURES_ADOPTED INTEGER min=0; MODULES_ADOPTED INTEGER min=0; LAST_FEATURE_USED_AT TIMESTAMP null;
        RETENTION_ACTIONS INTEGER min=0; LAST_RETENTION_ACTION VARCHAR null; LAST_RETENTION_ACTION_AT TIMESTAMP null;
        LAST_RETENTION_OUTCOME VARCHAR null in=pending,retained,churned;
        SUPPORT_CALLS_30D INTEGER min=0;
        SUPPORT_CHATS_30D INTEGER min=0; AVERAGE_CHAT_SATISFACTION DECIMAL(3,2) null min=1 max=5;
        OPEN_TICKETS INTEGER min=0; TICKETS_30D INTEGER min=0;
        OPEN_SERVICE_REQUESTS INTEGER min=0;
        HELP_VIEWS_30D INTEGER min=0;
        LOW_ENGAGEMENT_BELOW DECIMAL(5,2) null; HIGHLY_ENGAGED_FROM DECIMAL(5,2) null;
        ENGAGEMENT_SEGMENT VARCHAR in=Highly Engaged,Engaged,Low Engagement,Unscored
        """);

    public static IReadOnlyList<SourceColumn> Columns { get; } = SourceTable.ParseColumns(Text, ["USER_ID"]);
}

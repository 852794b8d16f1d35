using System.Data.Common;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Reads LOYALTY.MASTER, by column name; columns that the design does not know are passed over.</summary>
public static class MasterTable
{
    public static IReadOnlyList<MasterRow> Read(DbConnection connection) =>
        Read(connection, "SELECT * FROM LOYALTY.MASTER ORDER BY USER_ID");

    /// <summary>Reads whatever yields Master's columns, for example what History says for a day.</summary>
    public static IReadOnlyList<MasterRow> Read(DbConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<MasterRow>();
        while (reader.Read())
            rows.Add(Row(new MasterCells(reader)));
        return rows;
    }

    private static MasterRow Row(MasterCells cells) => new()
    {
        UserId = cells.Long("USER_ID"),
        Email = cells.Text("EMAIL"),
        FullName = cells.Text("FULL_NAME"),
        Phone = cells.Text("PHONE"),
        RegionCode = cells.Text("REGION_CODE"),
        AccountType = cells.Text("ACCOUNT_TYPE"),
        AccountStatus = cells.Text("ACCOUNT_STATUS"),
        MarketingConsent = cells.Boolean("MARKETING_CONSENT"),
        SignedUpAt = cells.Time("SIGNED_UP_AT"),
        RegionName = cells.Text("REGION_NAME"),
        RegionClass = cells.Text("REGION_CLASS"),
        LastLoginAt = cells.Time("LAST_LOGIN_AT"),
        Logins30D = cells.Integer("LOGINS_30D"),
        LastPurchaseAt = cells.Time("LAST_PURCHASE_AT"),
        PurchasesTotal = cells.Integer("PURCHASES_TOTAL"),
        PurchaseAmountTotal = cells.Decimal("PURCHASE_AMOUNT_TOTAL"),
        Purchases30D = cells.Integer("PURCHASES_30D"),
        FeedbackCount = cells.Integer("FEEDBACK_COUNT"),
        AverageRating = cells.Decimal("AVERAGE_RATING"),
        LastActivityAt = cells.Time("LAST_ACTIVITY_AT"),
        EngagementScore = cells.Decimal("ENGAGEMENT_SCORE"),
        EngagementScoreDate = cells.Date("ENGAGEMENT_SCORE_DATE"),
        RepeatEngagements = cells.Integer("REPEAT_ENGAGEMENTS"),
        FeaturesAdopted = cells.Integer("FEATURES_ADOPTED"),
        ModulesAdopted = cells.Integer("MODULES_ADOPTED"),
        LastFeatureUsedAt = cells.Time("LAST_FEATURE_USED_AT"),
        RetentionActions = cells.Integer("RETENTION_ACTIONS"),
        LastRetentionAction = cells.Text("LAST_RETENTION_ACTION"),
        LastRetentionActionAt = cells.Time("LAST_RETENTION_ACTION_AT"),
        LastRetentionOutcome = cells.Text("LAST_RETENTION_OUTCOME"),
        SupportCalls30D = cells.Integer("SUPPORT_CALLS_30D"),
        SupportChats30D = cells.Integer("SUPPORT_CHATS_30D"),
        AverageChatSatisfaction = cells.Decimal("AVERAGE_CHAT_SATISFACTION"),
        OpenTickets = cells.Integer("OPEN_TICKETS"),
        Tickets30D = cells.Integer("TICKETS_30D"),
        OpenServiceRequests = cells.Integer("OPEN_SERVICE_REQUESTS"),
        HelpViews30D = cells.Integer("HELP_VIEWS_30D"),
        LowEngagementBelow = cells.Decimal("LOW_ENGAGEMENT_BELOW"),
        HighlyEngagedFrom = cells.Decimal("HIGHLY_ENGAGED_FROM"),
        EngagementSegment = cells.Text("ENGAGEMENT_SEGMENT"),
    };
}

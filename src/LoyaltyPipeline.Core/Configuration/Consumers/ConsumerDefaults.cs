namespace LoyaltyPipeline.Core.Configuration.Consumers;

/// <summary>The consumers that exist without a configuration; one adds a destination.</summary>
internal static class ConsumerDefaults
{
    /// <summary>The consumers by name.</summary>
    public static IReadOnlyDictionary<string, Consumer> All { get; } = new[] { Marketing, CustomerSuccess }.ToDictionary(
        consumer => consumer.Name, StringComparer.OrdinalIgnoreCase);

    private static Consumer Marketing => new()
    {
        Name = "Marketing",
        Segment = EngagementSegment.HighlyEngaged,
        RequireConsent = true,
        RequireActiveAccount = true,
        Columns =
        [
            "USER_ID", "EMAIL", "FULL_NAME", "PHONE", "REGION_CODE", "REGION_NAME", "ACCOUNT_TYPE", "SIGNED_UP_AT", "LAST_LOGIN_AT",
            "LAST_PURCHASE_AT", "PURCHASES_30D",
            "PURCHASE_AMOUNT_TOTAL", "AVERAGE_RATING", "ENGAGEMENT_SCORE", "ENGAGEMENT_SCORE_DATE", "ENGAGEMENT_SEGMENT",
        ],
    };

    private static Consumer CustomerSuccess => new()
    {
        Name = "CustomerSuccess",
        Segment = EngagementSegment.LowEngagement,
        Columns =
        [
            "USER_ID", "EMAIL", "FULL_NAME", "PHONE", "REGION_CODE", "REGION_NAME", "ACCOUNT_TYPE", "ACCOUNT_STATUS", "LAST_ACTIVITY_AT",
            "FEATURES_ADOPTED", "SUPPORT_CALLS_30D", "SUPPORT_CHATS_30D",
            "AVERAGE_CHAT_SATISFACTION", "OPEN_TICKETS", "OPEN_SERVICE_REQUESTS", "LAST_RETENTION_ACTION", "LAST_RETENTION_OUTCOME",
            "ENGAGEMENT_SCORE", "ENGAGEMENT_SCORE_DATE", "ENGAGEMENT_SEGMENT",
        ],
    };
}

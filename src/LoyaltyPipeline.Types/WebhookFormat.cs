namespace LoyaltyPipeline;

/// <summary>What a webhook is sent.</summary>
public enum WebhookFormat
{
    /// <summary>JSON as module/schemas/notification.schema.json describes it.</summary>
    Json,

    /// <summary>What an incoming webhook of Slack takes.</summary>
    Slack,

    /// <summary>An adaptive card, as a workflow of Teams takes it.</summary>
    Teams,
}

using System.Text.Json.Nodes;

namespace LoyaltyPipeline.Core.Notification;

/// <summary>What webhooks are sent.</summary>
internal static class WebhookBody
{
    // Slack refuses longer texts of a block.
    private const int LongestOfSlack = 2900;

    public static JsonObject Of(NotificationMessage message, WebhookFormat format) => format switch
    {
        WebhookFormat.Slack => Slack(message),
        WebhookFormat.Teams => Teams(message),
        _ => Plain(message),
    };

    private static JsonObject Plain(NotificationMessage message) => new()
    {
        ["format_version"] = 1,
        ["event"] = message.Event == NotificationEvent.NotSound ? "not_sound" : message.Event.ToString().ToLowerInvariant(),
        ["outcome"] = message.Outcome.ToString(),
        ["title"] = message.Title,
        ["run_id"] = message.RunId,
        ["run_date"] = message.RunDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["reason_id"] = message.Reason?.Id,
        ["reason"] = message.Reason?.Text,
        ["remedy"] = message.Reason?.Remedy,
        ["link"] = message.Link?.AbsoluteUri,
        ["warehouse"] = message.Warehouse,
        ["host"] = message.Host,
        ["sent_at"] = message.SentAt.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
    };

    private static JsonObject Slack(NotificationMessage message)
    {
        var text = string.Join('\n', message.Facts.Select(fact => $"*{fact.Name}:* {Escaped(fact.Value)}"));
        var blocks = new JsonArray(
            Block("header", "plain_text", message.Title),
            Block("section", "mrkdwn", text.Length <= LongestOfSlack ? text : text[..LongestOfSlack]));
        if (message.Link is { } link)
            blocks.Add(Block("section", "mrkdwn", $"<{link.AbsoluteUri}|Open>"));
        return new JsonObject { ["text"] = Escaped(message.Title), ["blocks"] = blocks };
    }

    private static JsonObject Block(string type, string kind, string text) => new()
    {
        ["type"] = type,
        ["text"] = new JsonObject { ["type"] = kind, ["text"] = text },
    };

    // The three characters that Slack reads as its own.
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static JsonObject Teams(NotificationMessage message)
    {
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "TextBlock",
                    ["size"] = "Medium",
                    ["weight"] = "Bolder",
                    ["wrap"] = true,
                    ["text"] = message.Title,
                },
                new JsonObject
                {
                    ["type"] = "FactSet",
                    ["facts"] = new JsonArray(
                        [.. message.Facts.Select(fact => new JsonObject { ["title"] = fact.Name, ["value"] = fact.Value })]),
                }),
        };
        if (message.Link is { } link)
            card["actions"] = new JsonArray(
                new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Open", ["url"] = link.AbsoluteUri });
        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(
                new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }),
        };
    }
}

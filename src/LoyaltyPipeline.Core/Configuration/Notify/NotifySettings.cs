namespace LoyaltyPipeline.Core.Configuration.Notify;

/// <summary>Who is told what came of scheduled runs: the section <c>notify</c> of <c>pipeline.yml</c>.</summary>
public sealed record NotifySettings
{
    /// <summary>What is told of.</summary>
    public IReadOnlyList<NotificationEvent> Events { get; init; } = Enum.GetValues<NotificationEvent>();

    /// <summary>A link that messages carry; null for none.</summary>
    public Uri? Link { get; init; }

    /// <summary>How long each channel may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After how many days the same is told again.</summary>
    public int RemindAfterDays { get; init; } = 7;

    /// <summary>Webhooks.</summary>
    public IReadOnlyList<WebhookSettings> Webhooks { get; init; } = [];

    /// <summary>Mail; null for none.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>Channels that nobody is told by, since their settings have a fault.</summary>
    internal IReadOnlyList<UnusableChannel> Unusable { get; init; } = [];

    /// <summary>What reads each secret, by the setting that names where it is.</summary>
    internal IEnumerable<(IReadOnlyList<string> Setting, Action Read)> Secrets
    {
        get
        {
            foreach (var hook in Webhooks)
            {
                if (hook.SecretUrl is { } url)
                    yield return (["webhooks", hook.Name], () => url.ReadAddress());
                if (hook.Token is { } token)
                    yield return (["webhooks", hook.Name], () => token.ReadToken());
            }

            if (Mail?.Password is { } password)
                yield return (["mail"], () => password.Read());
        }
    }
}

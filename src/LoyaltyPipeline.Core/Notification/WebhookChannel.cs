using LoyaltyPipeline.Core.Configuration.Notify;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Web;

namespace LoyaltyPipeline.Core.Notification;

/// <summary>Tells a webhook.</summary>
internal sealed class WebhookChannel(WebhookSettings settings) : INotificationChannel
{
    public string Name => settings.Name;

    public async Task SendAsync(NotificationMessage message, CancellationToken cancellationToken)
    {
        var address = settings.Url ?? settings.SecretUrl!.ReadAddress();
        var failure = await JsonPost.SendAsync(
            address, WebhookBody.Of(message, settings.Format), settings.Token?.ReadToken(), cancellationToken);
        if (failure is var (reason, cause))
            throw Failed(reason, cause);
    }

    private LoyaltyException Failed(string why, Exception? cause = null) =>
        LoyaltyErrors.NotificationFailed.Because($"The webhook {Name} could not be told: {why}.", Name, cause: cause);
}

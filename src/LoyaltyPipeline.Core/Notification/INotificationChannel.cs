namespace LoyaltyPipeline.Core.Notification;

/// <summary>A way to tell somebody.</summary>
internal interface INotificationChannel
{
    /// <summary>What it is called in <c>pipeline.yml</c>.</summary>
    string Name { get; }

    /// <summary>Sends a message.</summary>
    /// <exception cref="Errors.LoyaltyException"><c>NotificationFailed</c>, without an address that is a secret;
    /// <c>SecretMissing</c>.</exception>
    Task SendAsync(NotificationMessage message, CancellationToken cancellationToken);
}

using LoyaltyPipeline.Core.Configuration.Notify;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Notification;

/// <summary>A channel whose settings have a fault: it says so, and sends nothing.</summary>
internal sealed class BrokenChannel(UnusableChannel channel) : INotificationChannel
{
    public string Name => channel.Name;

    /// <summary>Why it cannot be told.</summary>
    public string Reason { get; } = SafeText.Masked($"{channel.Name} could not be told: {channel.Reason.TrimEnd('.')}.");

    public Task SendAsync(NotificationMessage message, CancellationToken cancellationToken) =>
        throw LoyaltyErrors.NotificationFailed.Because(Reason, Name);
}

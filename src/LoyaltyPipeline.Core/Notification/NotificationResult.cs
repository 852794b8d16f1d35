namespace LoyaltyPipeline.Core.Notification;

/// <summary>What became of telling somebody.</summary>
public sealed class NotificationResult
{
    internal NotificationResult(string channel, NotificationEvent what, NotificationStatus status, string detail, double seconds)
    {
        Channel = channel;
        Event = what;
        Status = status;
        Detail = detail;
        Seconds = seconds;
    }

    /// <summary>The webhook by its name, or mail.</summary>
    public string Channel { get; }

    /// <summary>What was told of.</summary>
    public NotificationEvent Event { get; }

    /// <summary>Whether it was sent.</summary>
    public NotificationStatus Status { get; }

    /// <summary>What was told in one line, or why it was not.</summary>
    public string Detail { get; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; }
}

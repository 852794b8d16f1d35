namespace LoyaltyPipeline;

/// <summary>What people are told of.</summary>
public enum NotificationEvent
{
    /// <summary>A run ended in an error.</summary>
    Failure,

    /// <summary>A check failed or could not be made.</summary>
    NotSound,

    /// <summary>All is well again, after what was told of before.</summary>
    Recovery,
}

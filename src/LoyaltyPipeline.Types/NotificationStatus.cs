namespace LoyaltyPipeline;

/// <summary>What became of telling somebody.</summary>
public enum NotificationStatus
{
    /// <summary>It was sent.</summary>
    Sent,

    /// <summary>It could not be sent.</summary>
    Failed,

    /// <summary>It would be sent; nothing was, as with <c>-WhatIf</c>.</summary>
    Planned,

    /// <summary>It was not to be sent: it was told before, or is not wanted.</summary>
    Silent,
}

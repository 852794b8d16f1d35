namespace LoyaltyPipeline;

/// <summary>How a run ended. Anything but <see cref="Succeeded"/> changed no data.</summary>
public enum RunStatus
{
    /// <summary>It did what it was asked.</summary>
    Succeeded,

    /// <summary>A guard or a limit stopped it.</summary>
    Refused,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>The user stopped it.</summary>
    Cancelled,
}

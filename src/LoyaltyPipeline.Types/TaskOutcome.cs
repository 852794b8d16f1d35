namespace LoyaltyPipeline;

/// <summary>What became of the registration of a job.</summary>
public enum TaskOutcome
{
    /// <summary>It was only planned.</summary>
    Planned,

    /// <summary>It was registered.</summary>
    Registered,

    /// <summary>It was there already, the same in every word.</summary>
    Unchanged,

    /// <summary>Another of its name was replaced.</summary>
    Replaced,

    /// <summary>It was removed.</summary>
    Removed,
}

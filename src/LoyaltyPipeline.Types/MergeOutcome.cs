namespace LoyaltyPipeline;

/// <summary>What became of a merge.</summary>
public enum MergeOutcome
{
    /// <summary>It was only planned; nothing was written.</summary>
    Planned,

    /// <summary>The day had been written before, and each user is on it as before: nothing in Master or History changed.</summary>
    Unchanged,

    /// <summary>
    /// The day was written: for the first time, though perhaps each user is as on the day before it, or anew with some user other than
    /// before.
    /// </summary>
    Written,
}

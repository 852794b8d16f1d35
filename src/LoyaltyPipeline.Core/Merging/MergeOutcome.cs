namespace LoyaltyPipeline.Core.Merging;

/// <summary>What became of a merge.</summary>
public enum MergeOutcome
{
    /// <summary>It was only planned; nothing was written.</summary>
    Planned,

    /// <summary>Master was found as it should be; nothing in it or in History changed.</summary>
    Unchanged,

    /// <summary>Master and History were changed.</summary>
    Written,
}

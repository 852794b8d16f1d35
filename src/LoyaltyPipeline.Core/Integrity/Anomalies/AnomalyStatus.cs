namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>What is known of a day of a series.</summary>
public enum AnomalyStatus
{
    /// <summary>It is as expected.</summary>
    Normal,

    /// <summary>It is not as expected.</summary>
    Anomalous,

    /// <summary>There are too few days before it to expect anything. It is not known to be normal.</summary>
    NotEnoughHistory,

    /// <summary>It is a holiday: nothing is expected of it, and nothing is learned from it.</summary>
    Holiday,
}

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>What is unusual about a series.</summary>
public enum AnomalyKind
{
    /// <summary>A day far below what was expected.</summary>
    Drop,

    /// <summary>A day far above what was expected.</summary>
    Spike,

    /// <summary>Several days in a row on another level, above or below.</summary>
    LevelShift,

    /// <summary>Days that move away from what was expected little by little.</summary>
    Drift,

    /// <summary>No figure for a day that should have one.</summary>
    MissingDay,

    /// <summary>The same figure day after day in a series that used to move.</summary>
    Frozen,
}

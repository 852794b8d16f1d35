namespace LoyaltyPipeline;

/// <summary>What an entry of the audit trail says of what was done.</summary>
public enum AuditOutcome
{
    /// <summary>It has begun to change what cannot be rolled back; how it ended has an entry of its own, unless it was killed.</summary>
    Begun,

    /// <summary>It did what it was asked.</summary>
    Succeeded,

    /// <summary>A guard or a limit stopped it.</summary>
    Refused,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>The user stopped it.</summary>
    Cancelled,
}

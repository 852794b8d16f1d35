namespace LoyaltyPipeline;

/// <summary>Where in the audit trail an entry stands: each chain counts from 1.</summary>
public enum AuditChain
{
    /// <summary>Of runs that hold the lock of the warehouse, one at a time.</summary>
    Runs,

    /// <summary>Of what is done beside them: tests, exports of users, initialisations.</summary>
    Beside,
}

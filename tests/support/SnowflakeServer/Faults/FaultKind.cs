namespace LoyaltyPipeline.SnowflakeSupport.Faults;

/// <summary>What can go wrong on purpose.</summary>
public enum FaultKind
{
    /// <summary>
    /// The token of the session has expired (390112). Over the wire the client can renew it; in this process the session is over.
    /// </summary>
    SessionExpired,

    /// <summary>The session is over (390111): its transaction is undone, its temporary tables are gone.</summary>
    SessionGone,

    /// <summary>The connection breaks before the statement is run.</summary>
    NetworkCutBefore,

    /// <summary>The connection breaks after the statement was run, and nobody hears how it went.</summary>
    NetworkCutAfter,

    /// <summary>The virtual warehouse is suspended and may not resume (000606).</summary>
    WarehouseSuspended,

    /// <summary>The statement waited too long for a table (000625).</summary>
    LockTimeout,

    /// <summary>The statement does not end until it is cancelled or its timeout is reached.</summary>
    Hang,

    /// <summary>Somebody else cancels the statement (000604).</summary>
    Cancelled,
}

namespace LoyaltyPipeline;

/// <summary>What is noted in the audit trail.</summary>
public enum AuditAction
{
    /// <summary>The trail itself has begun.</summary>
    Begin,

    /// <summary>Tables were made or upgraded.</summary>
    Initialize,

    /// <summary>Files were imported.</summary>
    Import,

    /// <summary>A day was written.</summary>
    Merge,

    /// <summary>History was thinned.</summary>
    Compress,

    /// <summary>A segment was delivered.</summary>
    Deliver,

    /// <summary>Checks were made and their results kept.</summary>
    Test,

    /// <summary>Deliveries were cleared.</summary>
    Clear,

    /// <summary>A sample was written into the source tables.</summary>
    Sample,

    /// <summary>Users were erased, or erasures were taken back.</summary>
    Erase,

    /// <summary>A written day was taken back.</summary>
    Undo,

    /// <summary>Users were suppressed, or suppressions ended.</summary>
    Suppress,

    /// <summary>The storage was rebuilt.</summary>
    Compact,

    /// <summary>The warehouse was copied into a file.</summary>
    Backup,

    /// <summary>Personal data of a user was shown.</summary>
    Show,

    /// <summary>All that is held of a user was read.</summary>
    ExportUser,

    /// <summary>It was kept what people were told of a run.</summary>
    Notify,
}

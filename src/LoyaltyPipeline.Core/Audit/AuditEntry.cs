using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Audit;

/// <summary>An entry of the audit trail.</summary>
public sealed class AuditEntry
{
    /// <summary>The chain in which it stands.</summary>
    public AuditChain Chain { get; private init; }

    /// <summary>Its place there, from 1.</summary>
    public long SequenceNumber { get; private init; }

    /// <summary>When it was written (UTC), by the clock of the machine.</summary>
    public DateTime LoggedAt { get; private init; }

    /// <summary>Name of the account.</summary>
    public string Actor { get; private init; } = string.Empty;

    /// <summary>Name of the machine.</summary>
    public string Host { get; private init; } = string.Empty;

    /// <summary>What was done.</summary>
    public AuditAction Action { get; private init; }

    /// <summary>What came of it.</summary>
    public AuditOutcome Outcome { get; private init; }

    /// <summary>Why it did not succeed: an id of the error catalogue.</summary>
    public string? ErrorId { get; private init; }

    /// <summary>The run, in the log of runs; null where it was none.</summary>
    public string? RunId { get; private init; }

    /// <summary>What it was asked to do, as JSON, without secrets and personal data.</summary>
    public string Parameters { get; private init; } = string.Empty;

    /// <summary>Hash of the entry before.</summary>
    public string PreviousHash { get; private init; } = string.Empty;

    /// <summary>Hash of this entry.</summary>
    public string Hash { get; private init; } = string.Empty;

    /// <summary>The columns in the order in which <see cref="Read"/> takes them.</summary>
    internal const string Columns =
        "CHAIN, SEQUENCE_NUMBER, LOGGED_AT, ACTOR, HOST, ACTION, PARAMETERS, RUN_ID, OUTCOME, ERROR_ID, PREVIOUS_HASH, ENTRY_HASH";

    /// <summary>For example <c>Runs 12: Merge Succeeded</c>.</summary>
    public override string ToString() => $"{Chain} {SequenceNumber}: {Action} {Outcome}";

    internal static AuditEntry Read(StoredRow row) => new()
    {
        Chain = row.Word<AuditChain>(0),
        SequenceNumber = row.Whole(1),
        LoggedAt = row.Time(2),
        Actor = row.Text(3),
        Host = row.Text(4),
        Action = row.Word<AuditAction>(5),
        Parameters = row.Text(6),
        RunId = row.TextOrNull(7),
        Outcome = row.Word<AuditOutcome>(8),
        ErrorId = row.TextOrNull(9),
        PreviousHash = row.Text(10),
        Hash = row.Text(11),
    };
}

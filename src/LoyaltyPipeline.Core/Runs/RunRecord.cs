namespace LoyaltyPipeline.Core.Runs;

/// <summary>An entry of the run log.</summary>
public sealed record RunRecord
{
    /// <summary>Identifies the run; ids sort by time.</summary>
    public required string RunId { get; init; }

    /// <summary>What it did.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The day a merge wrote; null for other runs.</summary>
    public DateOnly? RunDate { get; init; }

    /// <summary>When it began (UTC).</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>How long it waited for another run before it began.</summary>
    public double WaitedSeconds { get; init; }

    /// <summary>Rows added.</summary>
    public long Inserted { get; init; }

    /// <summary>Rows changed.</summary>
    public long Updated { get; init; }

    /// <summary>Rows removed.</summary>
    public long Deleted { get; init; }

    /// <summary>Rows found as they were.</summary>
    public long Unchanged { get; init; }

    /// <summary>Source rows rejected.</summary>
    public long Quarantined { get; init; }

    /// <summary>Whether guards were told to let the run pass.</summary>
    public bool Forced { get; init; }

    /// <summary>The guards that tripped; null where none did.</summary>
    public string? Guards { get; init; }

    /// <summary>Why it did not succeed: an id of the error catalogue.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The same in words.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Hash of the Master_Table.sql that ran; null for other runs.</summary>
    public string? ScriptSha256 { get; init; }

    /// <summary>Version of the module.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>Machine it was started on.</summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>Its steps, in order.</summary>
    public IReadOnlyList<StepLog> Steps { get; init; } = [];

    /// <summary>What it read of each source.</summary>
    public IReadOnlyList<Quality.SourceLog> Sources { get; init; } = [];
}

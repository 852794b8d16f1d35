using System.Collections.ObjectModel;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>An entry of the run log.</summary>
public sealed class RunRecord
{
    /// <summary>Identifies the run; ids sort by time.</summary>
    public string RunId { get; internal init; } = string.Empty;

    /// <summary>What it did.</summary>
    public RunKind Kind { get; internal init; }

    /// <summary>How it ended.</summary>
    public RunStatus Status { get; internal init; }

    /// <summary>The day that a merge wrote or a delivery sent, as the time at which it begins; null for other runs.</summary>
    public DateTime? RunDate { get; private init; }

    /// <summary>When it began (UTC).</summary>
    public DateTime StartedAt { get; internal init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; internal init; }

    /// <summary>How long it waited for another run before it began; null of runs of a version that did not note it.</summary>
    public double? WaitedSeconds { get; internal init; }

    /// <summary>Rows added.</summary>
    public long Inserted { get; internal init; }

    /// <summary>Rows changed.</summary>
    public long Updated { get; internal init; }

    /// <summary>Rows removed.</summary>
    public long Deleted { get; internal init; }

    /// <summary>Rows found as they were.</summary>
    public long Unchanged { get; internal init; }

    /// <summary>Source rows rejected.</summary>
    public long Quarantined { get; internal init; }

    /// <summary>Whether guards were told to let the run pass.</summary>
    public bool Forced { get; internal init; }

    /// <summary>The guards that tripped; null where none did.</summary>
    public string? Guards { get; internal init; }

    /// <summary>Why it did not succeed: an id of the error catalogue.</summary>
    public string? ErrorId { get; internal set; }

    /// <summary>The same in words.</summary>
    public string? ErrorMessage { get; internal set; }

    /// <summary>Hash of the Master_Table.sql that ran; null for other runs.</summary>
    public string? ScriptSha256 { get; internal init; }

    /// <summary>Version of the module.</summary>
    public string ModuleVersion { get; internal init; } = string.Empty;

    /// <summary>Machine it was started on.</summary>
    public string Host { get; internal init; } = Environment.MachineName;

    /// <summary>Its steps, in order.</summary>
    public ReadOnlyCollection<StepLog> Steps { get; internal set; } = [];

    /// <summary>What it read of each source.</summary>
    public ReadOnlyCollection<SourceLog> Sources { get; internal set; } = [];

    /// <summary>The day that a merge wrote or a delivery sent; null for other runs.</summary>
    internal DateOnly? Day { get => RunDate is { } day ? DateOnly.FromDateTime(day) : null; init => RunDate = Midnight.Of(value); }
}

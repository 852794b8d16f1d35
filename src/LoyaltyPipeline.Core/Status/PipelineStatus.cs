using System.Collections.ObjectModel;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Merging;

namespace LoyaltyPipeline.Core.Status;

/// <summary>How a warehouse and its pipeline are, at one look.</summary>
public sealed class PipelineStatus
{
    /// <summary>The warehouse: a file or an account.</summary>
    public string Warehouse { get; internal init; } = string.Empty;

    /// <summary>When it was looked at (UTC).</summary>
    public DateTime LookedAt { get; internal init; }

    /// <summary>Whether all is well, as far as can be seen; false also where nothing can be seen.</summary>
    public bool IsWell => Reasons.Count == 0;

    /// <summary>In one sentence whether all is well.</summary>
    public string Verdict { get; internal init; } = string.Empty;

    /// <summary>Why not all is well, each in a sentence; none where it is.</summary>
    public ReadOnlyCollection<string> Reasons { get; internal init; } = [];

    /// <summary>The newest written day, as the time at which it begins; null where there is none.</summary>
    public DateTime? NewestDay { get; internal init; }

    /// <summary>Days up to yesterday (UTC) that are expected after the newest written one.</summary>
    public int DaysMissing { get; internal init; }

    /// <summary>Users in Master; null where no day is written.</summary>
    public long? Users { get; internal init; }

    /// <summary>How many more than on the written day before; null where there is none.</summary>
    public long? UsersChange { get; internal init; }

    /// <summary>Who went from one segment to another since the written day before.</summary>
    public ReadOnlyCollection<SegmentMove> SegmentMoves { get; internal init; } = [];

    /// <summary>Source rows that the newest merge of the newest day rejected.</summary>
    public long Rejected { get; internal init; }

    /// <summary>Rows in quarantine that wait for a repair, of imports too.</summary>
    public long OpenQuarantine { get; internal init; }

    /// <summary>When checks were last made (UTC); null where they never were.</summary>
    public DateTime? CheckedAt { get; internal init; }

    /// <summary>How many checks those were.</summary>
    public int Checks { get; internal init; }

    /// <summary>Those that did not pass: warnings, failures, and what could not be made.</summary>
    public ReadOnlyCollection<CheckState> ChecksNotPassed { get; internal init; } = [];

    /// <summary>The newest delivery of each segment to each consumer.</summary>
    public ReadOnlyCollection<DeliveryRecord> Deliveries { get; internal init; } = [];

    /// <summary>Sources that lie further behind the newest day than they may, with how far.</summary>
    public ReadOnlyCollection<string> SourcesBehind { get; internal init; } = [];

    /// <summary>The run, or the process, that has the warehouse now; null where none has.</summary>
    public string? HeldBy { get; internal init; }

    /// <summary>Bytes of the warehouse's file; null where it is none.</summary>
    public long? WarehouseBytes { get; internal init; }

    /// <summary>Bytes that are free where the file is; null where it is none, or that cannot be told.</summary>
    public long? FreeBytes { get; internal init; }
}

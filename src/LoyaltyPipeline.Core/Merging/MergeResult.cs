using System.Collections.ObjectModel;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>What a merge did, or would do.</summary>
public sealed class MergeResult
{
    /// <summary>Identifies the run in the log; a plan is not logged.</summary>
    public string RunId { get; internal init; } = string.Empty;

    /// <summary>The day that was merged, as the time at which it begins.</summary>
    public DateTime RunDate { get; internal init; }

    /// <summary>What became of the run.</summary>
    public MergeOutcome Outcome { get; internal init; }

    /// <summary>Whether no later day has been written: Master says what the day says. An older day goes into History alone.</summary>
    public bool IsNewest { get; internal init; }

    /// <summary>Users on the day.</summary>
    public long Users { get; internal init; }

    /// <summary>Users who are new.</summary>
    public long Inserted { get; internal init; }

    /// <summary>Users of whom some column changed.</summary>
    public long Updated { get; internal init; }

    /// <summary>Users who are gone.</summary>
    public long Deleted { get; internal init; }

    /// <summary>Users who are as they were.</summary>
    public long Unchanged { get; internal init; }

    /// <summary>Source rows rejected, by source and rule.</summary>
    public ReadOnlyCollection<RejectedRows> QuarantinedByRule { get; internal init; } = [];

    /// <summary>Users who changed segment, are new or are gone.</summary>
    public ReadOnlyCollection<SegmentMove> SegmentMoves { get; internal init; } = [];

    /// <summary>
    /// Some of the users who change, before and after by column, personal data masked; empty where no sample was asked for.
    /// </summary>
    public ReadOnlyCollection<UserChange> Changes { get; internal init; } = [];

    /// <summary>The guards that tripped.</summary>
    public ReadOnlyCollection<TrippedGuard> Guards { get; internal init; } = [];

    /// <summary>What was read of each source.</summary>
    public ReadOnlyCollection<SourceLog> Sources { get; internal init; } = [];

    /// <summary>The steps and their cost.</summary>
    public ReadOnlyCollection<StepLog> Steps { get; internal init; } = [];

    /// <summary>How long the run took.</summary>
    public double Seconds { get; internal init; }

    /// <summary>Source rows rejected.</summary>
    public long Quarantined => QuarantinedByRule.Sum(rows => rows.Rows);

    /// <summary>Source rows read.</summary>
    public long RowsRead => Sources.Sum(source => source.RowsRead);

    /// <summary>Source rows read per second.</summary>
    public double RowsPerSecond => Seconds > 0 ? RowsRead / Seconds : 0;

    /// <summary>Whether the run was more than a plan.</summary>
    public bool Applied => Outcome != MergeOutcome.Planned;

    /// <summary>
    /// Whether some user is other than before: than on the day itself, where that had been written, else than on the written day before it.
    /// </summary>
    public bool Changed => Inserted + Updated + Deleted > 0;
}

using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Quality;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>What a merge did, or would do.</summary>
public sealed record MergeResult
{
    /// <summary>Identifies the run in the log; a plan is not logged.</summary>
    public required string RunId { get; init; }

    /// <summary>The day that was merged.</summary>
    public required DateOnly RunDate { get; init; }

    /// <summary>What became of the run.</summary>
    public required MergeOutcome Outcome { get; init; }

    /// <summary>Whether no later day has been written: Master says what the day says. An older day goes into History alone.</summary>
    public required bool IsNewest { get; init; }

    /// <summary>Users on the day.</summary>
    public required long Users { get; init; }

    /// <summary>Users who are new.</summary>
    public required long Inserted { get; init; }

    /// <summary>Users of whom some column changed.</summary>
    public required long Updated { get; init; }

    /// <summary>Users who are gone.</summary>
    public required long Deleted { get; init; }

    /// <summary>Users who are as they were.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Source rows rejected, by source and rule.</summary>
    public required IReadOnlyList<RejectedRows> QuarantinedByRule { get; init; }

    /// <summary>Users who changed segment, are new or are gone.</summary>
    public required IReadOnlyList<SegmentMove> SegmentMoves { get; init; }

    /// <summary>Some of the users who change, before and after by column, personal data masked; empty where no sample was asked for.</summary>
    public required IReadOnlyList<UserChange> Changes { get; init; }

    /// <summary>The guards that tripped.</summary>
    public required IReadOnlyList<TrippedGuard> Guards { get; init; }

    /// <summary>What was read of each source.</summary>
    public required IReadOnlyList<SourceLog> Sources { get; init; }

    /// <summary>The steps and their cost.</summary>
    public required IReadOnlyList<StepLog> Steps { get; init; }

    /// <summary>How long the run took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Source rows rejected.</summary>
    public long Quarantined => QuarantinedByRule.Sum(rows => rows.Rows);

    /// <summary>Source rows read.</summary>
    public long RowsRead => Sources.Sum(source => source.RowsRead);

    /// <summary>Source rows read per second.</summary>
    public double RowsPerSecond => Seconds > 0 ? RowsRead / Seconds : 0;

    /// <summary>Whether the run was more than a plan.</summary>
    public bool Applied => Outcome != MergeOutcome.Planned;

    /// <summary>Whether some user is other than before: than on the day itself, where that had been written, else than on the written day before it.</summary>
    public bool Changed => Inserted + Updated + Deleted > 0;
}

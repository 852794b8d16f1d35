using LoyaltyPipeline.Core.Quality;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>What the import of a table did, or would do. RowsRead = RowsUsed + Rejected.</summary>
public sealed record ImportResult
{
    /// <summary>Identifies the run in the log; a plan is not logged.</summary>
    public required string RunId { get; init; }

    /// <summary>The source.</summary>
    public required string SourceTable { get; init; }

    /// <summary>The files, by full path.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What happened to stored rows.</summary>
    public required ImportMode Mode { get; init; }

    /// <summary>Whether it was written; false for a plan.</summary>
    public required bool Applied { get; init; }

    /// <summary>Rows in the files.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Rows of new keys, or all rows where the mode does not look at keys.</summary>
    public required long Inserted { get; init; }

    /// <summary>Rows that replaced a stored row.</summary>
    public required long Updated { get; init; }

    /// <summary>Rows that were stored already, just so.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Stored rows that were removed by mode Replace.</summary>
    public required long Deleted { get; init; }

    /// <summary>Rows that went to quarantine, by rule.</summary>
    public required IReadOnlyList<RejectedRows> RejectedByRule { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Rows that went to quarantine.</summary>
    public long Rejected => RejectedByRule.Sum(rows => rows.Rows);

    /// <summary>Rows that were accepted.</summary>
    public long RowsUsed => RowsRead - Rejected;

    /// <summary>Rows read per second.</summary>
    public double RowsPerSecond => Seconds > 0 ? RowsRead / Seconds : 0;
}

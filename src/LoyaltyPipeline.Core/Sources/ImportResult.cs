using System.Collections.ObjectModel;
using LoyaltyPipeline.Core.Quarantine;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>What the import of a table did, or would do. RowsRead = RowsUsed + Rejected + Erased.</summary>
public sealed class ImportResult
{
    /// <summary>Identifies the run in the log; a plan is not logged.</summary>
    public string RunId { get; internal init; } = string.Empty;

    /// <summary>The source.</summary>
    public string SourceTable { get; internal init; } = string.Empty;

    /// <summary>The files, by full path.</summary>
    public ReadOnlyCollection<string> Files { get; internal init; } = [];

    /// <summary>What happened to stored rows.</summary>
    public ImportMode Mode { get; internal init; }

    /// <summary>Whether it was written; false for a plan.</summary>
    public bool Applied { get; internal init; }

    /// <summary>Rows in the files.</summary>
    public long RowsRead { get; internal init; }

    /// <summary>Rows of new keys, or all rows where the mode does not look at keys.</summary>
    public long Inserted { get; internal init; }

    /// <summary>Rows that replaced a stored row.</summary>
    public long Updated { get; internal init; }

    /// <summary>Rows that were stored already, just so.</summary>
    public long Unchanged { get; internal init; }

    /// <summary>
    /// Rows of which a better one is stored, which stays: a newer one, by the event time of the table, or one that belongs to a user where
    /// this one does not.
    /// </summary>
    public long Older { get; internal init; }

    /// <summary>Stored rows that were removed by mode Replace.</summary>
    public long Deleted { get; internal init; }

    /// <summary>Rows that went to quarantine, by rule.</summary>
    public ReadOnlyCollection<RejectedRows> RejectedByRule { get; internal init; } = [];

    /// <summary>Rows of erased users, which are neither stored nor quarantined.</summary>
    public long Erased { get; internal init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; internal init; }

    /// <summary>Rows that went to quarantine.</summary>
    public long Rejected => RejectedByRule.Sum(rows => rows.Rows);

    /// <summary>Rows that were accepted.</summary>
    public long RowsUsed => RowsRead - Rejected - Erased;

    /// <summary>Rows read per second.</summary>
    public double RowsPerSecond => Seconds > 0 ? RowsRead / Seconds : 0;
}

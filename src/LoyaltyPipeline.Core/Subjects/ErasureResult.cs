using System.Collections.ObjectModel;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>What erasing a user did, or would do.</summary>
public sealed class ErasureResult
{
    /// <summary>The user, as it was asked for. Logs do not have it.</summary>
    public long UserId { get; internal init; }

    /// <summary>What became of the user.</summary>
    public ErasureOutcome Outcome { get; internal init; }

    /// <summary>Identifies the run in the log; a plan is not logged.</summary>
    public string RunId { get; internal init; } = string.Empty;

    /// <summary>Rows removed from all tables.</summary>
    public long Rows { get; internal init; }

    /// <summary>The rows that were removed, by table; tables that held none are not named.</summary>
    public ReadOnlyCollection<RemovedRows> Removed { get; internal init; } = [];

    /// <summary>The deliveries that hold the user, the newest first: their receivers are to be told.</summary>
    public ReadOnlyCollection<SubjectDelivery> Deliveries { get; internal init; } = [];

    /// <summary>The files that were written for consumers, by full path.</summary>
    public ReadOnlyCollection<string> RemovalFiles { get; internal init; } = [];

    /// <summary>The sources that are kept elsewhere, where the user is still to be erased, each with its place.</summary>
    public ReadOnlyCollection<string> KeptElsewhere { get; internal init; } = [];

    /// <summary>Whether the storage of the warehouse still holds bytes of the user.</summary>
    public StorageCleanup Storage { get; internal set; }

    /// <summary>How long the run took, for all users.</summary>
    public double Seconds { get; internal init; }
}

using System.Collections.ObjectModel;
using LoyaltyPipeline.Core.Delivery.Log;

namespace LoyaltyPipeline.Core.Undoing;

/// <summary>What taking back a written day did, or would do.</summary>
public sealed class UndoResult
{
    /// <summary>Identifies the run in the log; a plan is not logged.</summary>
    public string RunId { get; internal init; } = string.Empty;

    /// <summary>The day that is taken back, as the time at which it begins.</summary>
    public DateTime RunDate { get; internal init; }

    /// <summary>Whether it was done; false for a plan.</summary>
    public bool Applied { get; internal init; }

    /// <summary>Whether it was the newest written day, so that Master changes too.</summary>
    public bool WasNewest { get; internal init; }

    /// <summary>The newest written day that is left, as the time at which it begins; null where there is none, and Master is empty.</summary>
    public DateTime? NewestDay { get; internal init; }

    /// <summary>Users in Master on the day.</summary>
    public long Users { get; internal init; }

    /// <summary>Of whom the day, or the one after it, said something else than the one before; all others have no row that changes.</summary>
    public long UsersAffected { get; internal init; }

    /// <summary>Rows of History that are no longer as they were: gone, or with other days.</summary>
    public long VersionsRemoved { get; internal init; }

    /// <summary>Rows of History in their place, which begin or end on other days or are joined of two.</summary>
    public long VersionsJoined { get; internal init; }

    /// <summary>Rows of QUARANTINE that merges of the day had rejected, and that are gone with it.</summary>
    public long Quarantined { get; internal init; }

    /// <summary>
    /// Deliveries made of the day, the newest first. They stay where they lie and in the log; the next Diff corrects what a consumer has.
    /// </summary>
    public ReadOnlyCollection<DeliveryRecord> Deliveries { get; internal init; } = [];

    /// <summary>How long it took.</summary>
    public double Seconds { get; internal init; }
}

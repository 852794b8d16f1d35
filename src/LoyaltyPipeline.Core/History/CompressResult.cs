using System.Collections.ObjectModel;

namespace LoyaltyPipeline.Core.History;

/// <summary>What thinning history did, or would do.</summary>
public sealed class CompressResult
{
    /// <summary>Identifies the run in the log; a plan is not logged.</summary>
    public string RunId { get; internal init; } = string.Empty;

    /// <summary>Whether it was done; false for a plan.</summary>
    public bool Applied { get; internal init; }

    /// <summary>Days that stay.</summary>
    public int DaysKept { get; internal init; }

    /// <summary>Days that are gone, each as the time at which it begins, the earliest first.</summary>
    public ReadOnlyCollection<DateTime> DaysRemoved { get; internal init; } = [];

    /// <summary>Versions of users before.</summary>
    public long VersionsBefore { get; internal init; }

    /// <summary>Versions of users after.</summary>
    public long VersionsAfter { get; internal init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; internal init; }
}

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>What a run has changed about who is suppressed, or would.</summary>
public sealed class SuppressionResult
{
    /// <summary>Identifies the run in the log; a plan is not logged.</summary>
    public string RunId { get; internal init; } = string.Empty;

    /// <summary>Whether it was done; false for a plan.</summary>
    public bool Applied { get; internal init; }

    /// <summary>Users that were given, each once.</summary>
    public long Users { get; internal init; }

    /// <summary>Users who were not suppressed and are now.</summary>
    public long Added { get; internal init; }

    /// <summary>Users whose suppression has another reason or another last day now.</summary>
    public long Changed { get; internal init; }

    /// <summary>Users who were suppressed and are no more.</summary>
    public long Removed { get; internal init; }

    /// <summary>Users of whom nothing had to be changed.</summary>
    public long Unchanged { get; internal init; }

    /// <summary>Ids that no user of Master has, yet.</summary>
    public long NoUser { get; internal init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; internal init; }
}

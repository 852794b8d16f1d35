namespace LoyaltyPipeline;

/// <summary>What a run does.</summary>
public enum RunKind
{
    /// <summary>Brings files into source tables.</summary>
    Import,

    /// <summary>Builds Master and History from the sources.</summary>
    Merge,

    /// <summary>Takes days out of History.</summary>
    Compress,

    /// <summary>Sends a segment to a consumer.</summary>
    Deliver,

    /// <summary>Checks integrity.</summary>
    Test,

    /// <summary>Removes deliveries that are no longer needed.</summary>
    Clear,

    /// <summary>Fills the source tables with a sample.</summary>
    Sample,

    /// <summary>Removes users on their demand, or takes that back.</summary>
    Erase,

    /// <summary>Takes a written day back.</summary>
    Undo,

    /// <summary>Shows personal data of a user.</summary>
    Show,

    /// <summary>Keeps users from being sent to anybody, or ends that.</summary>
    Suppress,
}

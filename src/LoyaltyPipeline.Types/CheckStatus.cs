namespace LoyaltyPipeline;

/// <summary>How a check came out.</summary>
public enum CheckStatus
{
    /// <summary>Nothing is wrong, or no more than the check lets pass.</summary>
    Passed,

    /// <summary>More is wrong than the check's limit for a warning.</summary>
    Warning,

    /// <summary>More is wrong than the check's limit for an error.</summary>
    Failed,

    /// <summary>The check could not be run, so nothing is known.</summary>
    Error,

    /// <summary>There is nothing to check, or not enough of it; the message says why.</summary>
    Skipped,
}

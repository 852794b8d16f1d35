namespace LoyaltyPipeline;

/// <summary>From where on results of checks are a failure of the whole.</summary>
public enum CheckFailureLevel
{
    /// <summary>From a warning on.</summary>
    Warning,

    /// <summary>From a check that failed or could not be made.</summary>
    Error,
}

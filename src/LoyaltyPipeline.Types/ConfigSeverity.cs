namespace LoyaltyPipeline;

/// <summary>How grave it is what was found in a configuration.</summary>
public enum ConfigSeverity
{
    /// <summary>It is not what is meant, as it seems, or could not be tried.</summary>
    Warning,

    /// <summary>A run would be refused, or fail.</summary>
    Error,
}

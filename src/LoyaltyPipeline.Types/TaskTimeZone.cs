namespace LoyaltyPipeline;

/// <summary>Whose clock a schedule goes by.</summary>
public enum TaskTimeZone
{
    /// <summary>The clock of the machine that runs the job.</summary>
    Local,

    /// <summary>UTC, as the days of the pipeline are.</summary>
    Utc,
}

namespace LoyaltyPipeline;

/// <summary>What starts a job by the clock.</summary>
public enum TaskKind
{
    /// <summary>The Task Scheduler of Windows.</summary>
    TaskScheduler,

    /// <summary>A service and a timer of systemd.</summary>
    Systemd,

    /// <summary>A line of the user's crontab.</summary>
    Cron,
}

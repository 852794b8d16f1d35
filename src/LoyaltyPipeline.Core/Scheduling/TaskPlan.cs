namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>A job as it is to be registered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schedule">When it starts.</param>
/// <param name="Command">What it starts.</param>
public sealed record TaskPlan(string Name, CronSchedule Schedule, TaskCommand Command)
{
    /// <summary>Whose clock the schedule goes by.</summary>
    public TaskTimeZone TimeZone { get; init; }

    /// <summary>Whose systemd runs it; null where nothing was said.</summary>
    public TaskScope? Scope { get; init; }

    /// <summary>The account it runs as; null for the one that registers it.</summary>
    public string? Account { get; init; }

    /// <summary>A file of environment variables; null where there is none.</summary>
    public string? EnvironmentFile { get; init; }

    /// <summary>After how long it is ended; null where nothing was said, zero for never.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How often it is started again where it failed.</summary>
    public int RetryCount { get; init; }

    /// <summary>How long after a failure it is started again.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the machine is woken for it.</summary>
    public bool WakesMachine { get; init; }

    /// <summary>Whether a start that was missed, as while the machine was off, is made up for.</summary>
    public bool CatchesUp { get; init; }
}

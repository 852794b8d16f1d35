using LoyaltyPipeline.Core.Scheduling.Stores;

namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>A job that is started by the clock.</summary>
public sealed class ScheduledTask
{
    internal ScheduledTask(TaskKind kind, StoredTask stored, DateTime now)
    {
        (Kind, Stored) = (kind, stored);
        (Name, Schedule, TimeZone) = stored.Mark;
        NextRun = stored.Mark.NextAfter(now);
        (Location, Definition, Scope, Account) = (stored.Location, stored.Definition, stored.Scope, stored.Account);
        (LastRun, LastExitCode) = (stored.LastRun, stored.LastExitCode);
    }

    internal ScheduledTask(TaskKind kind, TaskPlan plan, string definition, TaskOutcome outcome, DateTime now)
    {
        Kind = kind;
        (Name, Schedule, TimeZone) = TaskMark.Of(plan);
        NextRun = TaskMark.Of(plan).NextAfter(now);
        (Scope, Account, Definition, Outcome) = (plan.Scope, plan.Account, definition, outcome);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What starts it.</summary>
    public TaskKind Kind { get; }

    /// <summary>When it starts, as the five fields of cron.</summary>
    public string Schedule { get; }

    /// <summary>Whose clock the schedule goes by.</summary>
    public TaskTimeZone TimeZone { get; }

    /// <summary>When it starts next, in UTC.</summary>
    public DateTime? NextRun { get; }

    /// <summary>When it last ended, in UTC; null where that is not known, as of cron.</summary>
    public DateTime? LastRun { get; }

    /// <summary>The exit code it last ended with; null where that is not known, as of cron.</summary>
    public int? LastExitCode { get; }

    /// <summary>Whose systemd runs it; null elsewhere.</summary>
    public TaskScope? Scope { get; }

    /// <summary>The account it runs as; null where the definition names none.</summary>
    public string? Account { get; }

    /// <summary>Where its definition lies; null where it is not registered.</summary>
    public string? Location { get; }

    /// <summary>Its definition.</summary>
    public string Definition { get; }

    /// <summary>What became of it; null where nothing was to become of it.</summary>
    public TaskOutcome? Outcome { get; internal init; }

    internal StoredTask? Stored { get; }
}

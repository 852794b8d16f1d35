using LoyaltyPipeline.Core.Scheduling.Programs;

namespace LoyaltyPipeline.Core.Scheduling.Stores;

/// <summary>A registered job.</summary>
/// <param name="Mark">What its mark says.</param>
/// <param name="Location">Where its definition lies.</param>
/// <param name="Definition">Its definition, as it lies there.</param>
internal sealed record StoredTask(TaskMark Mark, string Location, string Definition)
{
    /// <summary>Whose systemd runs it; null elsewhere.</summary>
    public TaskScope? Scope { get; init; }

    /// <summary>The account it runs as; null where the definition names none.</summary>
    public string? Account { get; init; }

    /// <summary>When it last ended, in UTC; null where that is not known.</summary>
    public DateTime? LastRun { get; init; }

    /// <summary>How it last ended; null where that is not known.</summary>
    public int? LastExitCode { get; init; }

    /// <summary>The job's command with the self-check in place of the run.</summary>
    public required ProgramCall SelfCheck { get; init; }
}

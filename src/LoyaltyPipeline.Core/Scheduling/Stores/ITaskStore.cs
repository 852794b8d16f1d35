namespace LoyaltyPipeline.Core.Scheduling.Stores;

/// <summary>Where jobs of one kind are registered.</summary>
internal interface ITaskStore
{
    /// <summary>The kind.</summary>
    TaskKind Kind { get; }

    /// <summary>The definition of a job.</summary>
    /// <exception cref="Errors.LoyaltyException"><c>TaskUnsupported</c>, <c>TaskInvalid</c>.</exception>
    string Define(TaskPlan plan);

    /// <summary>Whether a registered job is the one that is planned.</summary>
    bool IsSame(StoredTask task, TaskPlan plan);

    /// <summary>The registered jobs.</summary>
    /// <exception cref="Errors.LoyaltyException"><c>SchedulerUnavailable</c>, <c>TaskForeign</c>.</exception>
    Task<IReadOnlyList<StoredTask>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Registers a job, in the place of one of its name.</summary>
    /// <exception cref="Errors.LoyaltyException"><c>SchedulerUnavailable</c>, <c>TaskForeign</c>.</exception>
    Task SaveAsync(TaskPlan plan, CancellationToken cancellationToken);

    /// <summary>Removes a job.</summary>
    /// <exception cref="Errors.LoyaltyException"><c>SchedulerUnavailable</c>.</exception>
    Task RemoveAsync(StoredTask task, CancellationToken cancellationToken);
}

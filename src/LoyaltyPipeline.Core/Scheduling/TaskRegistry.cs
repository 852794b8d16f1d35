using System.Diagnostics;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling.Programs;
using LoyaltyPipeline.Core.Scheduling.Stores;

namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>The jobs of this machine: registers, lists, removes and tries them.</summary>
public sealed class TaskRegistry
{
    private readonly IProgramRunner _runner;
    private readonly IReadOnlyList<ITaskStore> _stores;
    private readonly TimeProvider _time;

    /// <summary>The jobs of this machine.</summary>
    public TaskRegistry()
        : this(new ProgramRunner(), runner => [new TaskSchedulerStore(runner), new SystemdStore(runner), new CronStore(runner)])
    {
    }

    internal TaskRegistry(IProgramRunner runner, Func<IProgramRunner, IReadOnlyList<ITaskStore>> stores, TimeProvider? time = null)
    {
        _runner = runner;
        _stores = stores(runner);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>What starts jobs on this machine, where nothing else is said.</summary>
    public static TaskKind UsualKind { get; } =
        OperatingSystem.IsWindows() ? TaskKind.TaskScheduler
        : Directory.Exists("/run/systemd/system") ? TaskKind.Systemd
        : TaskKind.Cron;

    /// <summary>What can start jobs on this machine.</summary>
    public static IReadOnlyList<TaskKind> KindsHere { get; } =
        OperatingSystem.IsWindows() ? [TaskKind.TaskScheduler]
        : OperatingSystem.IsLinux() ? [TaskKind.Systemd, TaskKind.Cron]
        : [TaskKind.Cron];

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>The definition of a job; nothing is registered.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="kind">What is to start it.</param>
    /// <returns>The text.</returns>
    /// <exception cref="LoyaltyException"><c>TaskInvalid</c>, <c>TaskUnsupported</c>.</exception>
    public string Define(TaskPlan plan, TaskKind kind)
    {
        TaskText.DemandName(plan.Name);
        if (plan.Account is not null)
            TaskText.DemandValue(nameof(plan.Account), plan.Account);
        if (plan.EnvironmentFile is not null)
            TaskText.DemandValue(nameof(plan.EnvironmentFile), plan.EnvironmentFile);
        if (plan.TimeLimit is { } limit && limit != TimeSpan.Zero && limit < TimeSpan.FromMinutes(1))
        {
            throw LoyaltyErrors.TaskInvalid.Because(
                $"A job cannot be ended after {limit.TotalSeconds} seconds.", limit, "Give a minute or more, or 0 for never.");
        }

        DemandFull(kind, plan.Command.Program);
        return StoreOf(kind).Define(Whole(plan, kind));
    }

    /// <summary>What the registration of a job would do; nothing is registered.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="kind">What is to start it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The job; its outcome is what would become of it.</returns>
    /// <exception cref="LoyaltyException">
    /// <c>TaskInvalid</c>, <c>TaskUnsupported</c>, <c>SchedulerUnavailable</c>, <c>TaskForeign</c>.
    /// </exception>
    public async Task<ScheduledTask> PlanAsync(TaskPlan plan, TaskKind kind, CancellationToken cancellationToken)
    {
        plan = Whole(plan, kind);
        var definition = Define(plan, kind);
        DemandHere(kind);
        var there = await FindAsync(plan.Name, kind, cancellationToken);
        var outcome = there is null ? TaskOutcome.Registered
            : StoreOf(kind).IsSame(there, plan) ? TaskOutcome.Unchanged
            : TaskOutcome.Replaced;
        return new ScheduledTask(kind, plan, definition, outcome, Now);
    }

    /// <summary>Registers a job, in the place of one of its name.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="kind">What is to start it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The job as it is registered.</returns>
    /// <exception cref="LoyaltyException"><c>SchedulerUnavailable</c>, <c>TaskForeign</c>.</exception>
    public async Task<ScheduledTask> RegisterAsync(TaskPlan plan, TaskKind kind, CancellationToken cancellationToken)
    {
        plan = Whole(plan, kind);
        var store = StoreOf(kind);
        var there = await FindAsync(plan.Name, kind, cancellationToken);
        // A name that differs in case alone would be a second job, as would one of another scope.
        if (there is not null && (there.Mark.Name != plan.Name || there.Scope != plan.Scope))
            await store.RemoveAsync(there, cancellationToken);
        await store.SaveAsync(plan, cancellationToken);
        var saved = await FindAsync(plan.Name, kind, cancellationToken)
            ?? throw LoyaltyErrors.SchedulerUnavailable.Because($"{plan.Name} was registered and is not there.", plan.Name);
        return new ScheduledTask(kind, saved, Now) { Outcome = there is null ? TaskOutcome.Registered : TaskOutcome.Replaced };
    }

    /// <summary>The registered jobs.</summary>
    /// <param name="kinds">What starts them; none for all that there is on this machine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The jobs.</returns>
    /// <exception cref="LoyaltyException"><c>TaskUnsupported</c>, <c>SchedulerUnavailable</c>, <c>TaskForeign</c>.</exception>
    public async Task<IReadOnlyList<ScheduledTask>> ListAsync(IReadOnlyCollection<TaskKind> kinds, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds)
            DemandHere(kind);
        var found = new List<ScheduledTask>();
        foreach (var store in _stores.Where(store => (kinds.Count == 0 ? KindsHere : kinds).Contains(store.Kind)))
        {
            var tasks = await ListAsync(store, isWanted: kinds.Count > 0, cancellationToken);
            found.AddRange(tasks.Select(task => new ScheduledTask(store.Kind, task, Now)));
        }

        return found;
    }

    /// <summary>Removes a job.</summary>
    /// <param name="task">The job, as it was listed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The job, removed.</returns>
    /// <exception cref="LoyaltyException"><c>SchedulerUnavailable</c>.</exception>
    public async Task<ScheduledTask> RemoveAsync(ScheduledTask task, CancellationToken cancellationToken)
    {
        await StoreOf(task.Kind).RemoveAsync(task.Stored!, cancellationToken);
        return new ScheduledTask(task.Kind, task.Stored!, Now) { Outcome = TaskOutcome.Removed };
    }

    /// <summary>Whether a job can be tried as the account that it runs as: only root can be another without its password.</summary>
    /// <param name="task">The job.</param>
    /// <returns>Whether it can.</returns>
    public static bool CanBe(ScheduledTask task) =>
        task.Account is null || (OperatingSystem.IsWindows()
            ? task.Account.EndsWith(Environment.UserName, StringComparison.OrdinalIgnoreCase)
            : task.Account == Environment.UserName || Environment.IsPrivilegedProcess);

    /// <summary>Runs a job's own command with the environment it would have, to check and to change nothing.</summary>
    /// <param name="task">The job, as it was listed.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What came of it.</returns>
    public async Task<TaskCheck> CheckAsync(ScheduledTask task, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var call = As(task.Account, task.Stored!.SelfCheck) with { Timeout = timeout };
        var clock = Stopwatch.StartNew();
        var outcome = await _runner.RunAsync(call, cancellationToken);
        var output = outcome switch
        {
            null => $"{call.Program} is not there, or may not be started.",
            { ExitCode: null } => $"It did not end within {timeout.TotalSeconds} seconds and was ended.",
            _ => $"{outcome.Text.Trim()}\n{outcome.Errors.Trim()}".ReplaceLineEndings("\n").Trim(),
        };
        return new TaskCheck(task, call.ToString(), outcome?.ExitCode, clock.Elapsed, output);
    }

    private static TaskPlan Whole(TaskPlan plan, TaskKind kind) =>
        kind == TaskKind.Systemd ? plan with { Scope = plan.Scope ?? SystemdStore.UsualScope } : plan;

    private static ProgramCall As(string? account, ProgramCall call) =>
        account is null || OperatingSystem.IsWindows() || account == Environment.UserName || !Environment.IsPrivilegedProcess
            ? call
            : call with { Program = "runuser", Arguments = ["-u", account, "--", call.Program, .. call.Arguments] };

    private static void DemandHere(TaskKind kind)
    {
        if (!KindsHere.Contains(kind))
        {
            throw LoyaltyErrors.TaskUnsupported.Because(
                $"{kind} starts no jobs on this machine.", kind, $"Give -Kind {string.Join(" or ", KindsHere)}, or -AsDefinition.");
        }
    }

    private static void DemandFull(TaskKind kind, string program)
    {
        var isFull = kind == TaskKind.TaskScheduler ? program.Contains('\\', StringComparison.Ordinal) : program.StartsWith('/');
        // A definition for another system has the paths of this one, where nothing else was said.
        if (!isFull && KindsHere.Contains(kind))
            throw LoyaltyErrors.TaskInvalid.Because($"'{program}' is no full path of a program.", program);
    }

    private static async Task<IReadOnlyList<StoredTask>> ListAsync(ITaskStore store, bool isWanted, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ListAsync(cancellationToken);
        }
        catch (LoyaltyException exception) when (!isWanted && exception.Definition == LoyaltyErrors.SchedulerUnavailable)
        {
            // What is not on this machine has no jobs. Who names it is told.
            return [];
        }
    }

    private ITaskStore StoreOf(TaskKind kind) => _stores.First(store => store.Kind == kind);

    private async Task<StoredTask?> FindAsync(string name, TaskKind kind, CancellationToken cancellationToken) =>
        (await StoreOf(kind).ListAsync(cancellationToken))
        .FirstOrDefault(task => string.Equals(task.Mark.Name, name, StringComparison.OrdinalIgnoreCase));
}

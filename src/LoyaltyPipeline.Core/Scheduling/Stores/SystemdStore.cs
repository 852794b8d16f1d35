using System.Globalization;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Scheduling.Definitions;
using LoyaltyPipeline.Core.Scheduling.Programs;

namespace LoyaltyPipeline.Core.Scheduling.Stores;

/// <summary>The units of systemd: the system's and the user's own.</summary>
internal sealed class SystemdStore(IProgramRunner runner, string systemFolder, string userFolder) : ITaskStore
{
    // Sourcing it is what systemd's reading comes to for lines of NAME=value.
    private const string WithVariables = "set -a && . \"$1\" && set +a && shift && exec \"$@\"";

    private static readonly string[] Properties = ["ExecMainExitTimestamp", "ExecMainStatus"];

    private readonly SchedulerProgram _systemctl = new(runner, "systemctl");

    /// <summary>Makes the store of this machine.</summary>
    public SystemdStore(IProgramRunner runner)
        : this(
            runner, "/etc/systemd/system",
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "systemd", "user"))
    {
    }

    /// <summary>Whose systemd it is, where nothing else is said.</summary>
    public static TaskScope UsualScope => Environment.IsPrivilegedProcess ? TaskScope.System : TaskScope.User;

    /// <inheritdoc/>
    public TaskKind Kind => TaskKind.Systemd;

    /// <inheritdoc/>
    public string Define(TaskPlan plan) => SystemdUnits.Of(plan, ScopeOf(plan)).ToText(plan.Name);

    /// <inheritdoc/>
    public bool IsSame(StoredTask task, TaskPlan plan) => task.Scope == ScopeOf(plan) && task.Definition == Define(plan);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredTask>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<StoredTask>();
        foreach (var scope in Enum.GetValues<TaskScope>())
        {
            var folder = new DirectoryInfo(FolderOf(scope));
            foreach (var file in folder.Exists ? folder.GetFiles().Where(file => SystemdUnits.IsTimer(file.Name)) : [])
            {
                if (Read(scope, SystemdUnits.NameOf(file.Name)) is { } task)
                    found.Add(await WithLastRunAsync(task, cancellationToken));
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task SaveAsync(TaskPlan plan, CancellationToken cancellationToken)
    {
        var scope = ScopeOf(plan);
        var units = SystemdUnits.Of(plan, scope);
        var (service, timer) = PlacesOf(scope, plan.Name);
        foreach (var place in new[] { service, timer })
            DemandOwn(place);
        var before = File.Exists(service) && File.Exists(timer)
            ? new SystemdUnits(File.ReadAllText(service), File.ReadAllText(timer))
            : null;
        Guard(() => Write(service, timer, units));
        try
        {
            await _systemctl.DemandAsync(Words(scope, "daemon-reload"), [], cancellationToken);
            await _systemctl.DemandAsync(Words(scope, "enable", SystemdUnits.TimerName(plan.Name)), [], cancellationToken);
            // A timer that runs keeps its old schedule.
            await _systemctl.DemandAsync(Words(scope, "restart", SystemdUnits.TimerName(plan.Name)), [], cancellationToken);
        }
        catch
        {
            // What systemd did not take is no job that anybody should find.
            Write(service, timer, before);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(StoredTask task, CancellationToken cancellationToken)
    {
        var scope = task.Scope!.Value;
        var (service, timer) = PlacesOf(scope, task.Mark.Name);
        await _systemctl.DemandAsync(Words(scope, "disable", "--now", SystemdUnits.TimerName(task.Mark.Name)), [], cancellationToken);
        Guard(() => Write(service, timer, units: null));
        await _systemctl.DemandAsync(Words(scope, "daemon-reload"), [], cancellationToken);
    }

    private static TaskScope ScopeOf(TaskPlan plan) => plan.Scope ?? UsualScope;

    private static string[] Words(TaskScope scope, params string[] words) =>
        [scope == TaskScope.User ? "--user" : "--system", .. words];

    private static void DemandOwn(string place)
    {
        if (File.Exists(place) && TaskMark.Find(File.ReadAllText(place)) is null)
            throw LoyaltyErrors.TaskForeign.Because($"There is a unit {place} that Register-LoyaltyTask did not make.", place);
    }

    private static void Write(string service, string timer, SystemdUnits? units)
    {
        if (units is null)
        {
            PatientFiles.Delete(timer, CancellationToken.None);
            PatientFiles.Delete(service, CancellationToken.None);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(service)!);
        File.WriteAllText(service, units.Service);
        File.WriteAllText(timer, units.Timer);
    }

    private static void Guard(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LoyaltyErrors.SchedulerUnavailable.Because(
                $"The units cannot be written: {exception.Message}", remedy: "Run as root, or give -Scope User.", cause: exception);
        }
    }

    private string FolderOf(TaskScope scope) => scope == TaskScope.System ? systemFolder : userFolder;

    private (string Service, string Timer) PlacesOf(TaskScope scope, string name) =>
        (Path.Combine(FolderOf(scope), SystemdUnits.ServiceName(name)), Path.Combine(FolderOf(scope), SystemdUnits.TimerName(name)));

    private StoredTask? Read(TaskScope scope, string name)
    {
        var (service, timer) = PlacesOf(scope, name);
        if (!File.Exists(service))
            return null;
        var units = new SystemdUnits(File.ReadAllText(service), File.ReadAllText(timer));
        return TaskMark.Find(units.Service) is { } mark && TaskMark.Find(units.Timer) is not null
            ? new StoredTask(mark, service, units.ToText(name))
            {
                Scope = scope,
                Account = SystemdUnits.AccountOf(units.Service),
                SelfCheck = SelfCheckOf(units.Service),
            }
            : null;
    }

    private static ProgramCall SelfCheckOf(string service)
    {
        string[] words = [.. SystemdUnits.CommandOf(service), DailyJob.SelfCheck];
        words = SystemdUnits.EnvironmentFileOf(service) is { } file ? ["/bin/sh", "-c", WithVariables, "sh", file, .. words] : words;
        return new ProgramCall(words[0], words[1..]) { Environment = BareEnvironment.OfSystemd(), Folder = "/" };
    }

    private async Task<StoredTask> WithLastRunAsync(StoredTask task, CancellationToken cancellationToken)
    {
        var outcome = await _systemctl.RunAsync(
            Words(
                task.Scope!.Value, "show", SystemdUnits.ServiceName(task.Mark.Name), "--timestamp=unix",
                $"--property={string.Join(',', Properties)}"),
            [], cancellationToken);
        // Where systemd does not run, the units are there all the same.
        if (outcome.ExitCode != 0)
            return task;
        var values = outcome.Text.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.Ordinal);
        return values.GetValueOrDefault(Properties[0])?.TrimStart('@') is { } text
            && long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? task with
            {
                LastRun = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime,
                LastExitCode = int.Parse(values[Properties[1]], CultureInfo.InvariantCulture),
            }
            : task;
    }
}

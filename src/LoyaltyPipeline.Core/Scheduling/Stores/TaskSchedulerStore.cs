using System.Globalization;
using System.Text;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Scheduling.Definitions;
using LoyaltyPipeline.Core.Scheduling.Programs;

namespace LoyaltyPipeline.Core.Scheduling.Stores;

/// <summary>The Task Scheduler of Windows, by its own program.</summary>
internal sealed class TaskSchedulerStore(IProgramRunner runner) : ITaskStore
{
    private const string Folder = @"\LoyaltyPipeline\";
    private const string Format = "CSV";
    private const int LastRunField = 5;
    private const int LastResultField = 6;

    // What Windows says of a task that has not run yet, or runs.
    private const int NotRunYet = 0x41303;
    private const int Running = 0x41301;

    private readonly SchedulerProgram _schtasks = new(runner, "schtasks.exe");

    /// <inheritdoc/>
    public TaskKind Kind => TaskKind.TaskScheduler;

    /// <inheritdoc/>
    public string Define(TaskPlan plan) => TaskSchedulerXml.Write(plan);

    /// <inheritdoc/>
    public bool IsSame(StoredTask task, TaskPlan plan) => TaskSchedulerXml.AreSame(task.Definition, Define(plan));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredTask>> ListAsync(CancellationToken cancellationToken)
    {
        var all = await _schtasks.DemandAsync(["/Query", "/FO", Format, "/NH"], [], cancellationToken);
        var found = new List<StoredTask>();
        foreach (var path in Lines(all).Select(fields => fields[0]).Where(IsOwnPath).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var definition = await DefinitionAsync(path, cancellationToken);
            if (TaskMark.Find(definition) is { } mark)
                found.Add(await StoredAsync(path, mark, definition, cancellationToken));
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task SaveAsync(TaskPlan plan, CancellationToken cancellationToken)
    {
        var path = Folder + plan.Name;
        var there = await _schtasks.RunAsync(["/Query", "/TN", path, "/XML", "ONE"], [], cancellationToken);
        if (there.ExitCode == 0 && TaskMark.Find(there.Text) is null)
            throw LoyaltyErrors.TaskForeign.Because($"There is a task {path} that Register-LoyaltyTask did not make.", path);
        using var scratch = ScratchFolder.Temporary("task");
        var file = Path.Combine(scratch.Path, "task.xml");
        await File.WriteAllTextAsync(file, Define(plan), Encoding.Unicode, cancellationToken);
        await _schtasks.DemandAsync(["/Create", "/TN", path, "/XML", file, "/F"], [], cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(StoredTask task, CancellationToken cancellationToken) =>
        _schtasks.DemandAsync(["/Delete", "/TN", task.Location, "/F"], [], cancellationToken);

    private static bool IsOwnPath(string path) => path.StartsWith(Folder, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string[]> Lines(ProgramOutcome outcome) =>
        outcome.Text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('"'))
            .Select(line => line.Trim('"').Split("\",\""));

    // The program writes letters of the console; the file that Windows keeps has them all, where this account may read it.
    private async Task<string> DefinitionAsync(string path, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Environment.SystemDirectory, "Tasks", path.TrimStart('\\'));
        try
        {
            if (File.Exists(file))
                return (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        }
        catch (UnauthorizedAccessException)
        {
            // Then as the program says it.
        }

        return (await _schtasks.DemandAsync(["/Query", "/TN", path, "/XML", "ONE"], [], cancellationToken)).Text.Trim();
    }

    private async Task<StoredTask> StoredAsync(string path, TaskMark mark, string definition, CancellationToken cancellationToken)
    {
        var (program, arguments) = TaskSchedulerXml.CommandOf(definition);
        var details = await _schtasks.DemandAsync(["/Query", "/TN", path, "/V", "/FO", Format, "/NH"], [], cancellationToken);
        var fields = Lines(details).FirstOrDefault(fields => fields.Length > LastResultField);
        var hasRun = int.TryParse(fields?[LastResultField], CultureInfo.InvariantCulture, out var result)
            && result is not (NotRunYet or Running);
        return new StoredTask(mark, path, definition)
        {
            Account = TaskSchedulerXml.AccountOf(definition),
            LastRun = hasRun ? TimeOf(fields![LastRunField]) : null,
            LastExitCode = hasRun ? result : null,
            SelfCheck = new ProgramCall(program, [])
            {
                ArgumentText = $"{arguments} {DailyJob.SelfCheck}",
                Environment = BareEnvironment.OfTaskScheduler(),
                Folder = Environment.SystemDirectory,
            },
        };
    }

    // Written as the account's settings of Windows say.
    private static DateTime? TimeOf(string text) =>
        DateTime.TryParse(text, CultureInfo.InstalledUICulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}

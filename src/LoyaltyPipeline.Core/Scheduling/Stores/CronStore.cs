using System.Text;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling.Definitions;
using LoyaltyPipeline.Core.Scheduling.Programs;

namespace LoyaltyPipeline.Core.Scheduling.Stores;

/// <summary>The crontab of the user. Lines that are not a job's own stay as they are, byte by byte.</summary>
internal sealed class CronStore(IProgramRunner runner) : ITaskStore
{
    private static readonly string[] Read = ["-l"];
    private static readonly string[] Write = ["-"];

    private readonly SchedulerProgram _crontab = new(runner, "crontab");

    /// <inheritdoc/>
    public TaskKind Kind => TaskKind.Cron;

    /// <inheritdoc/>
    public string Define(TaskPlan plan) => CrontabEntry.Of(plan);

    /// <inheritdoc/>
    public bool IsSame(StoredTask task, TaskPlan plan) => task.Definition == Define(plan);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredTask>> ListAsync(CancellationToken cancellationToken) =>
        [.. Entries(await ReadAsync(cancellationToken)).Select(entry => Stored(entry.Text))];

    /// <inheritdoc/>
    public async Task SaveAsync(TaskPlan plan, CancellationToken cancellationToken)
    {
        var text = Without(await ReadAsync(cancellationToken), plan.Name);
        // A last line without an end would run into the entry.
        var gap = text.Length == 0 || text.EndsWith('\n') ? string.Empty : "\n";
        await WriteAsync(text + gap + ToBytes(CrontabEntry.Of(plan)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(StoredTask task, CancellationToken cancellationToken) =>
        await WriteAsync(Without(await ReadAsync(cancellationToken), task.Mark.Name), cancellationToken);

    private static StoredTask Stored(string entry)
    {
        var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(entry));
        return new(TaskMark.Find(text)!, $"crontab of {Environment.UserName}", text)
        {
            SelfCheck = new ProgramCall("/bin/sh", ["-c", $"{CrontabEntry.ShellTextOf(text)} {DailyJob.SelfCheck}"])
            {
                Environment = BareEnvironment.OfCron(),
                Folder = "/",
            },
        };
    }

    // A crontab may be in any encoding, so that its bytes are kept as letters, each of one byte.
    private static string ToBytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Without(string text, string name)
    {
        foreach (var (start, entry) in Enumerable.Reverse(Entries(text)))
        {
            if (string.Equals(TaskMark.Find(entry)!.Name, name, StringComparison.OrdinalIgnoreCase))
                text = text.Remove(start, entry.Length);
        }

        return text;
    }

    private static List<(int Start, string Text)> Entries(string text)
    {
        var entries = new List<(int, string)>();
        var begin = -1;
        var name = string.Empty;
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
            var line = text[at..end].TrimEnd('\n');
            if (CrontabEntry.IsBegin(line))
            {
                if (begin >= 0)
                    throw Torn(name);
                (begin, name) = (at, TaskMark.Find(line)!.Name);
            }
            else if (begin >= 0 && line == CrontabEntry.EndOf(name))
            {
                entries.Add((begin, text[begin..end]));
                begin = -1;
            }

            at = end;
        }

        return begin >= 0 ? throw Torn(name) : entries;
    }

    private static LoyaltyException Torn(string name) => LoyaltyErrors.TaskForeign.Because(
        $"The crontab has the beginning of {name}, and the line '{CrontabEntry.EndOf(name)}' is gone.", name,
        "Put the line back behind the job's own with crontab -e, or remove both lines.");

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var outcome = await _crontab.RunAsync(Read, [], cancellationToken);
        return outcome.ExitCode == 0 ? Encoding.Latin1.GetString(outcome.Output)
            : outcome.Errors.Contains("no crontab for", StringComparison.OrdinalIgnoreCase) ? string.Empty
            : throw _crontab.Refused(Read, outcome);
    }

    private Task WriteAsync(string text, CancellationToken cancellationToken) =>
        // Without anything in it there is none, as before the first job.
        text.Length == 0
            ? _crontab.DemandAsync(["-r"], [], cancellationToken)
            : _crontab.DemandAsync(Write, Encoding.Latin1.GetBytes(text), cancellationToken);
}

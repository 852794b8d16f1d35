using System.Globalization;
using System.Text;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Scheduling.Definitions;

/// <summary>A job as lines of a crontab: the job's own between two that say whose it is.</summary>
internal static class CrontabEntry
{
    // What Vixie's cron, and Debian's, take of a command.
    private const int LongestCommand = 998;

    private const int ScheduleFields = 5;
    private const string Begin = "# BEGIN ";
    private const string End = "# END LoyaltyPipeline task ";

    // Whatever PATH the crontab sets.
    private const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The first line of a job's entry begins so.</summary>
    public static bool IsBegin(string line) => line.StartsWith(Begin, StringComparison.Ordinal) && TaskMark.Find(line) is not null;

    /// <summary>The last line of a job's entry.</summary>
    public static string EndOf(string name) => End + name;

    /// <summary>The lines.</summary>
    /// <exception cref="LoyaltyException"><c>TaskUnsupported</c>, <c>TaskInvalid</c>.</exception>
    public static string Of(TaskPlan plan)
    {
        Demand(plan);
        var command = Escape(CommandOf(plan));
        if (Encoding.UTF8.GetByteCount(command) > LongestCommand)
            throw Unsupported($"a command of more than {LongestCommand} bytes", "Shorten the paths, or give -Kind Systemd.");
        return $"{Begin}{TaskMark.Of(plan)}\n{plan.Schedule.Text} {command}\n{EndOf(plan.Name)}\n";
    }

    /// <summary>What the shell gets of an entry.</summary>
    public static string ShellTextOf(string entry)
    {
        var line = entry.Split('\n').First(text => text.Length > 0 && text[0] != '#');
        return line.Split(' ', ScheduleFields + 1)[ScheduleFields].Replace(@"\%", "%", StringComparison.Ordinal);
    }

    private static void Demand(TaskPlan plan)
    {
        if (plan.TimeZone == TaskTimeZone.Utc)
            throw Unsupported("a schedule in UTC: it goes by the clock of the machine", "Leave out -TimeZone, or give -Kind Systemd.");
        if (plan.Scope is not null)
            throw Unsupported("a scope", "A crontab is its user's.");
        if (plan.Account is not null)
            throw Unsupported("another account", "Run Register-LoyaltyTask as the account that is to run the job.");
        if (plan.RetryCount > 0)
            throw Unsupported("tries again", "Leave out -RetryCount, or give -Kind Systemd.");
        if (plan.WakesMachine)
            throw Unsupported("a machine that is woken", "Leave out -WakeToRun, or give -Kind Systemd.");
        if (plan.CatchesUp)
            throw Unsupported("a start that is made up for", "Leave out -StartWhenAvailable, or give -Kind Systemd.");
        // Programs called cron do not agree on what a backslash before another character, or another backslash, is.
        var words = plan.Command.Arguments.Prepend(plan.Command.Program).Append(plan.EnvironmentFile ?? string.Empty);
        if (words.FirstOrDefault(word => word.Contains('\\', StringComparison.Ordinal)) is { } odd)
            throw Unsupported($"a backslash in '{odd}'", "Give a path without one, or -Kind Systemd.");
    }

    private static LoyaltyException Unsupported(string what, string remedy) =>
        LoyaltyErrors.TaskUnsupported.Because($"A crontab cannot have {what}.", remedy: remedy);

    private static string CommandOf(TaskPlan plan)
    {
        var text = new StringBuilder("cd / && ");
        if (plan.EnvironmentFile is { } file)
            text.Append(CultureInfo.InvariantCulture, $"set -a && . {Quote(file)} && set +a && ");
        text.Append(CultureInfo.InvariantCulture, $"exec env PATH={SearchPath} ");
        if (plan.TimeLimit is { } limit && limit > TimeSpan.Zero)
            text.Append(CultureInfo.InvariantCulture, $"timeout --kill-after=60 {(long)limit.TotalSeconds} ");
        return text.AppendJoin(' ', plan.Command.Arguments.Prepend(plan.Command.Program).Select(Quote)).ToString();
    }

    // A backslash outside of single quotes would be cron's.
    private static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or ':' or ',')
            ? word
            : $"'{word.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";

    // Cron takes a percent sign for the end of the command.
    private static string Escape(string command) => command.Replace("%", @"\%", StringComparison.Ordinal);
}

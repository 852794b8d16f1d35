using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Scheduling.Definitions;

/// <summary>A job as a service and a timer of systemd.</summary>
/// <param name="Service">The text of the service.</param>
/// <param name="Timer">The text of the timer.</param>
internal sealed partial record SystemdUnits(string Service, string Timer)
{
    private const string Prefix = "loyaltypipeline-";
    private const string ServiceEnding = ".service";
    private const string TimerEnding = ".timer";
    private const string Start = "ExecStart=:";
    private const string Environment = "EnvironmentFile=";
    private const string User = "User=";

    // Warnings alone are no failure; a check that failed will fail again.
    private const int WarningsOnly = 2;
    private const int CheckFailed = 3;

    private const int Gaps = 500;

    private static readonly string[] Weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>Both, as they are shown: each behind the name of its file.</summary>
    public string ToText(string name) => $"# {ServiceName(name)}\n{Service}\n# {TimerName(name)}\n{Timer}";

    /// <summary>The name of a job's service.</summary>
    public static string ServiceName(string name) => Prefix + name + ServiceEnding;

    /// <summary>The name of a job's timer.</summary>
    public static string TimerName(string name) => Prefix + name + TimerEnding;

    /// <summary>What names of all timers fit.</summary>
    public static bool IsTimer(string file) =>
        file.StartsWith(Prefix, StringComparison.Ordinal) && file.EndsWith(TimerEnding, StringComparison.Ordinal);

    /// <summary>The job of a timer.</summary>
    public static string NameOf(string file) => file[Prefix.Length..^TimerEnding.Length];

    /// <summary>The units.</summary>
    /// <exception cref="LoyaltyException"><c>TaskUnsupported</c>, <c>TaskInvalid</c>.</exception>
    public static SystemdUnits Of(TaskPlan plan, TaskScope scope)
    {
        Demand(plan, scope);
        return new(ServiceOf(plan, scope), TimerOf(plan));
    }

    /// <summary>The account of a service; null where it names none.</summary>
    public static string? AccountOf(string service) => ValueOf(service, User);

    /// <summary>The file of environment variables of a service; null where it names none.</summary>
    public static string? EnvironmentFileOf(string service) =>
        ValueOf(service, Environment)?.Replace("%%", "%", StringComparison.Ordinal);

    /// <summary>What a service starts, word by word.</summary>
    public static IReadOnlyList<string> CommandOf(string service) =>
        [.. Word().Matches(ValueOf(service, Start) ?? string.Empty).Select(word => Unquote(word.Groups["text"].Value))];

    private static string? ValueOf(string unit, string key) =>
        unit.Split('\n').FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..];

    private static void Demand(TaskPlan plan, TaskScope scope)
    {
        if (scope == TaskScope.User && plan.Account is not null)
            throw Unsupported("run as another account from a user's own systemd", "Give -Scope System, or leave out -Account.");
        if (scope == TaskScope.User && plan.WakesMachine)
            throw Unsupported("wake the machine from a user's own systemd", "Give -Scope System, or leave out -WakeToRun.");
        if (plan.Account is { } account && !Account().IsMatch(account))
            throw LoyaltyErrors.TaskInvalid.Because($"'{account}' cannot be the name of an account here.", account);
        if (plan.EnvironmentFile is { } file && file.Any(letter => letter is ' ' or '"' or '\'' or '\\'))
            throw Unsupported($"read environment variables from '{file}'", "Give a path without blanks, quotes and backslashes.");
        if (plan.RetryCount > 0 && RetrySpan(plan) >= ShortestGap(plan))
        {
            throw LoyaltyErrors.TaskUnsupported.Because(
                "systemd counts tries within a time, and those of one start could still be at work at the next.", plan.Schedule.Text,
                "Give a smaller -TimeLimit, -RetryInterval or -RetryCount.");
        }
    }

    private static LoyaltyException Unsupported(string what, string remedy) =>
        LoyaltyErrors.TaskUnsupported.Because($"systemd cannot {what}.", remedy: remedy);

    private static TimeSpan LimitOf(TaskPlan plan) => plan.TimeLimit ?? TaskDefaults.TimeLimit;

    private static TimeSpan RetrySpan(TaskPlan plan) =>
        LimitOf(plan) == TimeSpan.Zero ? TimeSpan.MaxValue : (LimitOf(plan) + plan.RetryInterval) * (plan.RetryCount + 1);

    private static TimeSpan ShortestGap(TaskPlan plan)
    {
        var shortest = TimeSpan.MaxValue;
        var last = plan.Schedule.NextAfter(DateTime.UtcNow, TimeZoneInfo.Utc);
        for (var i = 0; i < Gaps && last is { } time && plan.Schedule.NextAfter(time, TimeZoneInfo.Utc) is { } next; i++, last = next)
            shortest = next - time < shortest ? next - time : shortest;
        return shortest;
    }

    private static string ServiceOf(TaskPlan plan, TaskScope scope)
    {
        var text = new StringBuilder();
        Line(text, $"# {TaskMark.Of(plan)}");
        Line(text, "[Unit]");
        Line(text, $"Description=LoyaltyPipeline: {plan.Name}");
        if (scope == TaskScope.System)
        {
            Line(text, "Wants=network-online.target");
            Line(text, "After=network-online.target");
        }

        if (plan.RetryCount > 0)
        {
            Line(text, $"StartLimitIntervalSec={Seconds(RetrySpan(plan))}");
            Line(text, $"StartLimitBurst={plan.RetryCount + 1}");
        }

        Line(text, string.Empty);
        Line(text, "[Service]");
        Line(text, "Type=oneshot");
        if (plan.Account is not null)
            Line(text, $"{User}{plan.Account}");
        Line(text, "WorkingDirectory=/");
        if (plan.EnvironmentFile is not null)
            Line(text, $"{Environment}{plan.EnvironmentFile.Replace("%", "%%", StringComparison.Ordinal)}");
        Line(text, $"{Start}{string.Join(' ', plan.Command.Arguments.Prepend(plan.Command.Program).Select(Quote))}");
        Line(text, $"SuccessExitStatus={WarningsOnly}");
        Line(text, $"TimeoutStartSec={(LimitOf(plan) == TimeSpan.Zero ? "infinity" : Seconds(LimitOf(plan)))}");
        if (plan.RetryCount > 0)
        {
            Line(text, "Restart=on-failure");
            Line(text, $"RestartSec={Seconds(plan.RetryInterval)}");
            Line(text, $"RestartPreventExitStatus={CheckFailed}");
        }

        return text.ToString();
    }

    private static string TimerOf(TaskPlan plan)
    {
        var text = new StringBuilder();
        Line(text, $"# {TaskMark.Of(plan)}");
        Line(text, "[Unit]");
        Line(text, $"Description=LoyaltyPipeline: when {plan.Name} starts");
        Line(text, string.Empty);
        Line(text, "[Timer]");
        Line(text, $"OnCalendar={Calendar(plan)}");
        // Without it starts may be up to a minute late.
        Line(text, "AccuracySec=1s");
        if (plan.CatchesUp)
            Line(text, "Persistent=true");
        if (plan.WakesMachine)
            Line(text, "WakeSystem=true");
        Line(text, $"Unit={ServiceName(plan.Name)}");
        Line(text, string.Empty);
        Line(text, "[Install]");
        Line(text, "WantedBy=timers.target");
        return text.ToString();
    }

    private static string Calendar(TaskPlan plan)
    {
        var schedule = plan.Schedule;
        var weekdays = schedule.Weekdays is { } days ? string.Join(',', days.Select(day => Weekdays[day])) + ' ' : string.Empty;
        return $"{weekdays}*-{Numbers(schedule.Months)}-{Numbers(schedule.Days)} {Numbers(schedule.Hours)}:{Numbers(schedule.Minutes)}:00"
            + (plan.TimeZone == TaskTimeZone.Utc ? " UTC" : string.Empty);
    }

    private static string Numbers(IReadOnlyList<int>? values) =>
        values is null ? "*" : string.Join(',', values.Select(value => value.ToString("00", CultureInfo.InvariantCulture)));

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    // The colon before the program keeps dollars as they are.
    private static string Quote(string word) => '"'
        + word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal) + '"';

    private static string Unquote(string text) =>
        Escaped().Replace(text, match => match.Value[1..]).Replace("%%", "%", StringComparison.Ordinal);

    [GeneratedRegex(
        @"""(?<text>(\\.|[^""\\])*)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\\.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]{0,30}\$?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Account();
}

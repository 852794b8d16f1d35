using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>The line in a definition that says whose it is: only what has it is shown, replaced or removed.</summary>
/// <param name="Name">The name of the job.</param>
/// <param name="Schedule">The schedule, as its text.</param>
/// <param name="TimeZone">Whose clock it goes by.</param>
internal sealed partial record TaskMark(string Name, string Schedule, TaskTimeZone TimeZone)
{
    /// <summary>The mark of a job.</summary>
    public static TaskMark Of(TaskPlan plan) => new(plan.Name, plan.Schedule.Text, plan.TimeZone);

    /// <summary>The mark in a text; null where it has none.</summary>
    public static TaskMark? Find(string text) => Line().Match(text) is { Success: true } match
        ? new(
            match.Groups["name"].Value, match.Groups["schedule"].Value,
            match.Groups["zone"].Value == Zone(TaskTimeZone.Utc) ? TaskTimeZone.Utc : TaskTimeZone.Local)
        : null;

    /// <summary>When the job is due next, in UTC; null where that cannot be told.</summary>
    public DateTime? NextAfter(DateTime time) =>
        CronSchedule.Parse(Schedule).NextAfter(time, TimeZone == TaskTimeZone.Utc ? TimeZoneInfo.Utc : TimeZoneInfo.Local);

    /// <summary>The line.</summary>
    public override string ToString() => $"LoyaltyPipeline task {Name}: {Schedule} ({Zone(TimeZone)}), made by Register-LoyaltyTask";

    private static string Zone(TaskTimeZone zone) => zone == TaskTimeZone.Utc ? "UTC" : "local time";

    [GeneratedRegex(
        @"LoyaltyPipeline task (?<name>[A-Za-z0-9._-]+): (?<schedule>[0-9,* ]+) \((?<zone>UTC|local time)\), made by Register-LoyaltyTask",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}

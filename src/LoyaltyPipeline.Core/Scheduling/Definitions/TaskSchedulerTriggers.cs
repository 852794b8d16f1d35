using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Scheduling.Definitions;

/// <summary>A schedule as triggers of the Task Scheduler, one for each time of the day.</summary>
internal static class TaskSchedulerTriggers
{
    private const int Most = 48;
    private const int HoursOfDay = 24;
    private const int MinutesOfHour = 60;
    private const int DaysOfMonth = 31;

    // Each of its weeks, which is each of its days: the last one is the fourth or the fifth.
    private static readonly string[] WeeksOfMonth = ["1", "2", "3", "4", "Last"];

    /// <summary>The triggers.</summary>
    /// <exception cref="LoyaltyException"><c>TaskUnsupported</c>.</exception>
    public static XElement Of(TaskPlan plan, XNamespace schema)
    {
        var schedule = plan.Schedule;
        var hours = schedule.Hours ?? [.. Enumerable.Range(0, HoursOfDay)];
        var minutes = schedule.Minutes ?? [.. Enumerable.Range(0, MinutesOfHour)];
        var isEveryDay = schedule is { Days: null, Months: null, Weekdays: null };
        if (plan.TimeZone == TaskTimeZone.Utc && !isEveryDay)
        {
            throw LoyaltyErrors.TaskUnsupported.Because(
                $"The Task Scheduler counts days by local time, and '{schedule.Text}' names days in UTC.", schedule.Text,
                "Leave out -TimeZone, or start the job every day.");
        }

        // A trigger can repeat itself, within an hour by the clock whatever becomes of summer time.
        var step = minutes.Count > 2 ? StepOf(minutes) : null;
        var first = step is null ? minutes : [minutes[0]];
        if (hours.Count * first.Count > Most)
        {
            throw LoyaltyErrors.TaskUnsupported.Because(
                $"'{schedule.Text}' starts at {hours.Count * minutes.Count} times a day, and the Task Scheduler knows {Most} triggers.",
                schedule.Text, "Let the minutes have the same distance from each other, or register two jobs.");
        }

        return new XElement(
            schema + "Triggers",
            from hour in hours
            from minute in first
            select new XElement(
                schema + "CalendarTrigger",
                new XElement(schema + "StartBoundary", Begin(hour, minute, plan.TimeZone)),
                step is null ? null : Repetition(schema, step.Value, minutes[^1] - minutes[0]), Days(schedule, schema)));
    }

    private static int? StepOf(IReadOnlyList<int> minutes)
    {
        var step = minutes[1] - minutes[0];
        return minutes.Zip(minutes.Skip(1)).All(pair => pair.Second - pair.First == step) ? step : null;
    }

    // A day of the past: a trigger that begins in the future would leave out what is due today.
    private static string Begin(int hour, int minute, TaskTimeZone zone) =>
        string.Create(CultureInfo.InvariantCulture, $"2020-01-01T{hour:00}:{minute:00}:00{(zone == TaskTimeZone.Utc ? "Z" : null)}");

    private static XElement Repetition(XNamespace schema, int step, int span) => new(
        schema + "Repetition", new XElement(schema + "Interval", XmlConvert.ToString(TimeSpan.FromMinutes(step))),
        // A little longer than to the last start, and shorter than to one after it.
        new XElement(schema + "Duration", XmlConvert.ToString(TimeSpan.FromMinutes(span) + TimeSpan.FromSeconds(30))),
        new XElement(schema + "StopAtDurationEnd", false));

    private static XElement Days(CronSchedule schedule, XNamespace schema) => schedule switch
    {
        { Days: null, Months: null, Weekdays: null } =>
            new XElement(schema + "ScheduleByDay", new XElement(schema + "DaysInterval", 1)),
        { Weekdays: { } weekdays, Months: null } => new XElement(
            schema + "ScheduleByWeek", new XElement(schema + "WeeksInterval", 1), Weekdays(weekdays, schema)),
        { Weekdays: { } weekdays, Months: { } months } => new XElement(
            schema + "ScheduleByMonthDayOfWeek",
            new XElement(schema + "Weeks", WeeksOfMonth.Select(week => new XElement(schema + "Week", week))),
            Weekdays(weekdays, schema), Months(months, schema)),
        _ => new XElement(
            schema + "ScheduleByMonth",
            new XElement(
                schema + "DaysOfMonth",
                (schedule.Days ?? [.. Enumerable.Range(1, DaysOfMonth)]).Select(day => new XElement(schema + "Day", day))),
            Months(schedule.Months ?? [.. Enumerable.Range(1, 12)], schema)),
    };

    private static XElement Weekdays(IEnumerable<int> days, XNamespace schema) => new(
        schema + "DaysOfWeek", days.Select(day => new XElement(schema + ((DayOfWeek)day).ToString())));

    private static XElement Months(IEnumerable<int> months, XNamespace schema) => new(
        schema + "Months",
        months.Select(month => new XElement(schema + CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month))));
}

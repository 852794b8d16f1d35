using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling;
using LoyaltyPipeline.Core.Scheduling.Definitions;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

public sealed class TaskSchedulerXmlTests
{
    private static readonly XNamespace Schema = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    public static TheoryData<string> Schedules =>
    [
        "0 4 * * *", "30 4,16 * * *", "*/10 * * * *", "* * * * *", "0 * * * *", "*/25 * * * *", "7,22,37,52 1-5 * * *", "0 4 * * MON-FRI",
        "0 4 * 1,7 SUN", "0 4 29,30,31 * *", "15 3 1 */3 *", "0 4 * 2 *", "1,2,4 6 * * 6",
    ];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void It_keeps_the_rules_and_starts_at_just_the_times(string schedule)
    {
        var plan = Plans.Of(schedule, "-File", @"C:\a b\Daily.ps1");
        var task = Validated(TaskSchedulerXml.Write(plan));

        // Two years, of which one has a day more.
        var first = new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var expected = Starts(plan.Schedule, first, first.AddYears(2));
        Assert.Equal(expected, StartsOf(task, first, first.AddYears(2)));
    }

    [Fact]
    public void It_says_all_that_is_asked_for()
    {
        var task = Validated(TaskSchedulerXml.Write(Plans.Of("0 4 * * *") with
        {
            Account = @"CONTOSO\svc-loyalty$",
            TimeLimit = TimeSpan.FromHours(2),
            RetryCount = 3,
            WakesMachine = true,
            CatchesUp = true,
            TimeZone = TaskTimeZone.Utc,
        }));

        Assert.Equal("IgnoreNew", Text(task, "MultipleInstancesPolicy"));
        Assert.Equal("PT2H", Text(task, "ExecutionTimeLimit"));
        Assert.Equal(("PT10M", "3"), (Text(task, "Interval"), Text(task, "Count")));
        Assert.Equal(("true", "true"), (Text(task, "WakeToRun"), Text(task, "StartWhenAvailable")));
        Assert.Equal((@"CONTOSO\svc-loyalty$", "Password"), (Text(task, "UserId"), Text(task, "LogonType")));
        Assert.Equal("2020-01-01T04:00:00Z", Text(task, "StartBoundary"));
    }

    [Theory]
    [InlineData("SYSTEM", "S-1-5-18", null)]
    [InlineData(@"NT AUTHORITY\NETWORK SERVICE", "S-1-5-20", null)]
    [InlineData(@"CONTOSO\ann", @"CONTOSO\ann", "S4U")]
    public void An_account_logs_on_as_it_can(string account, string id, string? logon)
    {
        var task = Validated(TaskSchedulerXml.Write(Plans.Of("0 4 * * *") with { Account = account }));

        Assert.Equal((id, logon), (Text(task, "UserId"), task.Descendants(Schema + "LogonType").SingleOrDefault()?.Value));
    }

    [Fact]
    public void Without_a_limit_it_has_one_and_zero_is_none()
    {
        var plan = Plans.Of("0 4 * * *");
        var endless = plan with { TimeLimit = TimeSpan.Zero };

        Assert.Equal("PT6H", Text(Validated(TaskSchedulerXml.Write(plan)), "ExecutionTimeLimit"));
        Assert.Equal("PT0S", Text(Validated(TaskSchedulerXml.Write(endless)), "ExecutionTimeLimit"));
    }

    [Fact]
    public void What_is_written_is_known_again_and_what_was_changed_is_not()
    {
        var plan = Plans.Of("0 4 * * *", "-File", "x & y");
        var written = TaskSchedulerXml.Write(plan);

        Assert.True(TaskSchedulerXml.AreSame(written.Replace("  ", string.Empty, StringComparison.Ordinal), written));
        Assert.False(TaskSchedulerXml.AreSame(written.Replace("x &amp; y", "z", StringComparison.Ordinal), written));
        Assert.False(TaskSchedulerXml.AreSame(TaskSchedulerXml.Write(plan with { WakesMachine = true }), written));
        Assert.Equal(("/opt/power shell/pwsh", "-File \"x & y\""), TaskSchedulerXml.CommandOf(written));
    }

    [Theory]
    [InlineData("1,2,4 * * * *", "72 times a day")]
    public void More_triggers_than_there_can_be_are_refused(string schedule, string why) =>
        AssertUnsupported(Plans.Of(schedule), why);

    [Fact]
    public void What_it_cannot_do_is_refused()
    {
        AssertUnsupported(Plans.Of("0 4 * * 1") with { TimeZone = TaskTimeZone.Utc }, "counts days by local time");
        AssertUnsupported(Plans.Of("0 4 * * *") with { EnvironmentFile = "x" }, "environment variables");
        AssertUnsupported(Plans.Of("0 4 * * *") with { Scope = TaskScope.System }, "scope");
        AssertUnsupported(Plans.Of("0 4 * * *") with { RetryCount = 1, RetryInterval = TimeSpan.FromSeconds(30) }, "tries again");
        AssertUnsupported(Plans.Of("0 4 * * *", "%TEMP%"), "percent signs");
        AssertUnsupported(Plans.Of("0 4 * * *", "$(Arg0)"), "$(");
    }

    private static void AssertUnsupported(TaskPlan plan, string why)
    {
        var failure = Assert.Throws<LoyaltyException>(() => TaskSchedulerXml.Write(plan));
        Assert.Equal("TaskUnsupported", failure.ErrorId);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    private static XElement Validated(string definition)
    {
        var schemas = new XmlSchemaSet();
        using (var rules = XmlReader.Create(Path.Combine(Repository.Root, "tests", "Core.Tests", "Scheduling", "TaskScheduler.xsd")))
            schemas.Add(Schema.NamespaceName, rules);
        var document = XDocument.Parse(definition);
        document.Validate(schemas, (_, problem) => Assert.Fail(problem.Message));
        return document.Root!;
    }

    private static string Text(XElement task, string name) => task.Descendants(Schema + name).First().Value;

    private static List<DateTime> Starts(CronSchedule schedule, DateTime from, DateTime to)
    {
        var starts = new List<DateTime>();
        var time = from.AddTicks(-1);
        while (schedule.NextAfter(time, TimeZoneInfo.Utc) is { } next && next < to)
            starts.Add(time = next);
        return starts;
    }

    // The triggers as the documentation of Windows explains them.
    private static List<DateTime> StartsOf(XElement task, DateTime first, DateTime end) =>
    [
        .. from trigger in task.Descendants(Schema + "CalendarTrigger")
           let begin = XmlConvert.ToDateTime(Text(trigger, "StartBoundary"), XmlDateTimeSerializationMode.Unspecified).TimeOfDay
           from start in Repeated(trigger, begin)
           from day in Enumerable.Range(0, (end - first).Days).Select(number => first.AddDays(number))
           where Fits(trigger, day)
           orderby day + start
           select day + start,
    ];

    private static IEnumerable<TimeSpan> Repeated(XElement trigger, TimeSpan begin)
    {
        if (trigger.Element(Schema + "Repetition") is not { } repetition)
            return [begin];
        var interval = XmlConvert.ToTimeSpan(Text(repetition, "Interval"));
        var duration = XmlConvert.ToTimeSpan(Text(repetition, "Duration"));
        // Whether a start at its very end is one, the documentation does not say.
        Assert.NotEqual(0, duration.Ticks % interval.Ticks);
        return Enumerable.Range(0, 60).Select(number => number * interval).Where(after => after <= duration).Select(after => begin + after);
    }

    private static bool Fits(XElement trigger, DateTime day)
    {
        var rule = trigger.Elements().Last();
        IEnumerable<string> Names(string name) => rule.Element(Schema + name)!.Elements().Select(element => element.Name.LocalName);
        IEnumerable<string> Values(string name) => rule.Element(Schema + name)!.Elements().Select(element => element.Value);
        var month = day.ToString("MMMM", System.Globalization.CultureInfo.InvariantCulture);
        var isLastWeek = day.AddDays(7).Month != day.Month;
        return rule.Name.LocalName switch
        {
            "ScheduleByDay" => true,
            "ScheduleByWeek" => Names("DaysOfWeek").Contains(day.DayOfWeek.ToString()),
            "ScheduleByMonth" => Names("Months").Contains(month) && Values("DaysOfMonth").Contains($"{day.Day}"),
            _ => Names("Months").Contains(month) && Names("DaysOfWeek").Contains(day.DayOfWeek.ToString())
                && Values("Weeks").Any(week => week == $"{((day.Day - 1) / 7) + 1}" || (week == "Last" && isLastWeek)),
        };
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling;
using LoyaltyPipeline.Core.Scheduling.Definitions;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

public sealed partial class SystemdUnitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // What systemd itself reads of the units, and whether it has anything to say against them.
    [Fact]
    public async Task Systemd_takes_the_units_and_reads_each_word_as_it_was()
    {
        await Schedulers.RequireAsync(Cancellation);
        using var folder = new TemporaryFolder();
        var units = SystemdUnits.Of(
            Plans.Of("0 4 * * *", Plans.AwkwardTexts) with
            {
                Command = new TaskCommand("/bin/echo", Plans.AwkwardTexts),
                Account = "daemon",
                EnvironmentFile = "/etc/100%.env",
                RetryCount = 2,
                WakesMachine = true,
                CatchesUp = true,
            },
            TaskScope.System);
        var service = await WriteAsync(folder, units);

        var verified = await ExternalProgram.RunAsync("systemd-analyze", ["verify", service], Cancellation);
        Assert.True(verified is { ExitCode: 0, Output: "", Errors: "" }, verified.ToString());

        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "default.target"), $"[Unit]\nWants={Path.GetFileName(service)}\n", Cancellation);
        Assert.Equal(["/bin/echo", .. Plans.AwkwardTexts], WordsOf(await DumpAsync(folder.Path)));
    }

    [Theory]
    [InlineData("0 4 * * *")]
    [InlineData("*/25 * * * *")]
    [InlineData("30 4,16 * * MON-FRI")]
    [InlineData("0 4 * 1,7 SUN")]
    [InlineData("0 4 29,31 * *")]
    [InlineData("15 3 1 */3 *")]
    public async Task Systemd_starts_it_at_just_the_times(string text)
    {
        await Schedulers.RequireAsync(Cancellation);
        const int many = 60;
        var plan = Plans.Of(text) with { TimeZone = TaskTimeZone.Utc };
        var calendar = Value(SystemdUnits.Of(plan, TaskScope.System).Timer, "OnCalendar");
        var time = new DateTime(2027, 12, 30, 0, 0, 0, DateTimeKind.Utc);

        var said = await ExternalProgram.RunAsync(
            "systemd-analyze", ["calendar", $"--iterations={many}", $"--base-time={time:yyyy-MM-dd HH:mm:ss} UTC", calendar], Cancellation);

        var starts = new List<string>();
        while (starts.Count < many)
        {
            time = plan.Schedule.NextAfter(time, TimeZoneInfo.Utc)!.Value;
            starts.Add(time.ToString("ddd yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        }

        Assert.Equal(starts, Elapse().Matches(said.Output).Select(match => match.Groups["time"].Value));
    }

    [Fact]
    public void A_command_comes_out_as_it_went_in() =>
        Gen.String[Gen.Char[' ', '\uD7FF'], 0, 12].Array[1, 6].Try(
            words =>
            {
                var units = SystemdUnits.Of(Plans.Of("0 4 * * *", words), TaskScope.System);
                Assert.Equal(["/opt/power shell/pwsh", .. words], SystemdUnits.CommandOf(units.Service));
            },
            atLeast: 200, seconds: 1);

    [Fact]
    public void The_units_say_what_is_asked_for()
    {
        var units = SystemdUnits.Of(
            Plans.Of("0 4 * * *") with { RetryCount = 1, RetryInterval = TimeSpan.FromMinutes(5), TimeLimit = TimeSpan.FromHours(1) },
            TaskScope.User);

        Assert.Equal("*-*-* 04:00:00", Value(units.Timer, "OnCalendar"));
        Assert.Equal("3600", Value(units.Service, "TimeoutStartSec"));
        Assert.Equal(("on-failure", "300"), (Value(units.Service, "Restart"), Value(units.Service, "RestartSec")));
        // Two tries, each as long as it may be, and the time between.
        Assert.Equal(("7800", "2"), (Value(units.Service, "StartLimitIntervalSec"), Value(units.Service, "StartLimitBurst")));
        var withFile = SystemdUnits.Of(Plans.Of("0 4 * * *") with { EnvironmentFile = "/etc/100%.env" }, TaskScope.System).Service;
        Assert.Equal(("/etc/100%%.env", "/etc/100%.env"), (Value(withFile, "EnvironmentFile"), SystemdUnits.EnvironmentFileOf(withFile)));
        Assert.DoesNotContain("network-online", units.Service, StringComparison.Ordinal);
        Assert.DoesNotContain("Persistent", units.Timer, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_cannot_do_is_refused()
    {
        AssertRefused(Plans.Of("0 4 * * *") with { Account = "ann" }, TaskScope.User, "another account", "TaskUnsupported");
        AssertRefused(Plans.Of("0 4 * * *") with { WakesMachine = true }, TaskScope.User, "wake", "TaskUnsupported");
        AssertRefused(Plans.Of("0 4 * * *") with { EnvironmentFile = "/a b" }, TaskScope.User, "'/a b'", "TaskUnsupported");
        AssertRefused(Plans.Of("0 * * * *") with { RetryCount = 1 }, TaskScope.User, "still be at work", "TaskUnsupported");
        AssertRefused(Plans.Of("0 4 * * *") with { Account = "ann\n" }, TaskScope.System, "name of an account", "TaskInvalid");
    }

    private static void AssertRefused(TaskPlan plan, TaskScope scope, string why, string id)
    {
        var failure = Assert.Throws<LoyaltyException>(() => SystemdUnits.Of(plan, scope));
        Assert.Equal(id, failure.ErrorId);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(TemporaryFolder folder, SystemdUnits units)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, SystemdUnits.TimerName("Daily")), units.Timer, Cancellation);
        var service = Path.Combine(folder.Path, SystemdUnits.ServiceName("Daily"));
        await File.WriteAllTextAsync(service, units.Service, Cancellation);
        return service;
    }

    // A systemd that only reads its units and tells of them; for root it would read the machine's.
    private static async Task<string> DumpAsync(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "run"));
        await ExternalProgram.RunAsync("chmod", ["-R", "a+rwX", folder], Cancellation);
        string[] words = Environment.IsPrivilegedProcess ? ["--reuid=65534", "--clear-groups", "--"] : ["--"];
        var said = await ExternalProgram.RunAsync(
            "setpriv",
            [
                .. words, "env", $"XDG_RUNTIME_DIR={folder}/run", $"SYSTEMD_UNIT_PATH={folder}", "/lib/systemd/systemd", "--user", "--test",
                "--log-target=console",
            ],
            Cancellation);
        return said.Output + said.Errors;
    }

    private static IEnumerable<string> WordsOf(string dump)
    {
        var line = CommandLine().Match(dump);
        Assert.True(line.Success, dump);
        return Word().Matches(line.Groups["words"].Value)
            .Select(word => word.Groups["quoted"].Success ? Escape().Replace(word.Groups["quoted"].Value, "${letter}") : word.Value);
    }

    private static string Value(string unit, string key) =>
        unit.Split('\n').Single(line => line.StartsWith($"{key}=", StringComparison.Ordinal))[(key.Length + 1)..];

    [GeneratedRegex(@"(Next elapse|Iter\. #\d+): (?<time>.+ UTC)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Elapse();

    [GeneratedRegex("Command Line: (?<words>.*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"""(?<quoted>(\\.|[^""\\])*)""|[^ ]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\\(?<letter>.)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Escape();
}

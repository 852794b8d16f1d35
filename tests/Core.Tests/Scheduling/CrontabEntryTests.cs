using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling;
using LoyaltyPipeline.Core.Scheduling.Definitions;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

public sealed class CrontabEntryTests
{
    [Fact]
    [Unix("A crontab's command is one of sh.")]
    public async Task The_shell_hands_each_word_on_as_it_was()
    {
        var plan = Plans.Of("0 4 * * *") with { Command = new TaskCommand("/usr/bin/printf", ["%s|", .. Plans.AwkwardTexts]) };

        var said = await ExternalProgram.RunAsync(
            "sh", ["-c", CrontabEntry.ShellTextOf(CrontabEntry.Of(plan))], TestContext.Current.CancellationToken);

        Assert.Equal((0, string.Empty), (said.ExitCode, said.Errors));
        Assert.Equal(string.Concat(Plans.AwkwardTexts.Select(text => $"{text}|")), said.Output);
    }

    [Fact]
    public void Percent_signs_are_not_for_cron_to_see()
    {
        var entry = CrontabEntry.Of(Plans.Of("0 4 * * *", "/data/100%", "it's"));

        Assert.Equal(
            """
            # BEGIN LoyaltyPipeline task Daily: 0 4 * * * (local time), made by Register-LoyaltyTask
            0 4 * * * cd / && exec env PATH=(folders) '/opt/power shell/pwsh' '/data/100\%' 'it'"'"'s'
            # END LoyaltyPipeline task Daily

            """,
            entry.Replace("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "(folders)", StringComparison.Ordinal));
    }

    [Fact]
    [Unix("A crontab's command is one of sh.")]
    public async Task A_limit_ends_it_and_an_exit_code_survives()
    {
        var plan = Plans.Of("0 4 * * *") with { Command = new TaskCommand("/bin/sh", ["-c", "exit 3"]), TimeLimit = TimeSpan.FromHours(1) };

        var said = await ExternalProgram.RunAsync(
            "sh", ["-c", CrontabEntry.ShellTextOf(CrontabEntry.Of(plan))], TestContext.Current.CancellationToken);

        Assert.Equal(3, said.ExitCode);
        Assert.Contains(" timeout --kill-after=60 3600 ", CrontabEntry.Of(plan), StringComparison.Ordinal);
    }

    [Fact]
    [Unix("A crontab's command is one of sh.")]
    public async Task A_file_of_variables_is_read_and_must_be_there()
    {
        using var folder = new SyntheticData.TemporaryFolder();
        var file = Path.Combine(folder.Path, "it's 100%.env");
        var plan = Plans.Of("0 4 * * *") with { Command = new TaskCommand("/usr/bin/printenv", ["SALT"]), EnvironmentFile = file };
        var text = CrontabEntry.ShellTextOf(CrontabEntry.Of(plan));

        Assert.NotEqual(0, (await ExternalProgram.RunAsync("sh", ["-c", text], TestContext.Current.CancellationToken)).ExitCode);
        await File.WriteAllTextAsync(file, "SALT=\"a b\"\n", TestContext.Current.CancellationToken);
        Assert.Equal("a b\n", (await ExternalProgram.RunAsync("sh", ["-c", text], TestContext.Current.CancellationToken)).Output);
    }

    [Fact]
    public void What_it_cannot_do_is_refused()
    {
        AssertUnsupported(Plans.Of("0 4 * * *") with { TimeZone = TaskTimeZone.Utc }, "UTC");
        AssertUnsupported(Plans.Of("0 4 * * *") with { Account = "ann" }, "another account");
        AssertUnsupported(Plans.Of("0 4 * * *") with { Scope = TaskScope.User }, "scope");
        AssertUnsupported(Plans.Of("0 4 * * *") with { RetryCount = 1 }, "tries again");
        AssertUnsupported(Plans.Of("0 4 * * *") with { WakesMachine = true }, "woken");
        AssertUnsupported(Plans.Of("0 4 * * *") with { CatchesUp = true }, "made up for");
        AssertUnsupported(Plans.Of("0 4 * * *", @"a\b"), "backslash");
        AssertUnsupported(Plans.Of("0 4 * * *", new string('x', 999)), "998 bytes");
    }

    private static void AssertUnsupported(TaskPlan plan, string why)
    {
        var failure = Assert.Throws<LoyaltyException>(() => CrontabEntry.Of(plan));
        Assert.Equal("TaskUnsupported", failure.ErrorId);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }
}

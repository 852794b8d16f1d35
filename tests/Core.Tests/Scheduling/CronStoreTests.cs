using System.Text;
using CsCheck;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling.Programs;
using LoyaltyPipeline.Core.Scheduling.Stores;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

public sealed class CronStoreTests
{
    private static readonly string[] Foreign =
    [
        "# BEGIN x", "# END LoyaltyPipeline task Daily", "MAILTO=ann", "# LoyaltyPipeline task Daily: 0 4", "5 0 * * * x",
    ];

    private byte[]? _crontab;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CronStore Store => new(new ScriptedPrograms(Crontab));

    [Fact]
    public async Task A_job_is_listed_as_it_was_registered()
    {
        var plan = Plans.Of("*/30 4 * * *", "-Warehouse", "/data/größe 100%");
        await Store.SaveAsync(plan, Cancellation);

        var task = Assert.Single(await Store.ListAsync(Cancellation));

        Assert.Equal(("Daily", "0,30 4 * * *", TaskTimeZone.Local), (task.Mark.Name, task.Mark.Schedule, task.Mark.TimeZone));
        Assert.True(Store.IsSame(task, plan));
        Assert.False(Store.IsSame(task, plan with { TimeLimit = TimeSpan.FromHours(1) }));
        Assert.Equal("/bin/sh", task.SelfCheck.Program);
        Assert.EndsWith(" -Warehouse '/data/größe 100%' -SelfCheck", task.SelfCheck.Arguments[1], StringComparison.Ordinal);
        Assert.Equal(["HOME", "LOGNAME", "PATH", "SHELL", "USER"], task.SelfCheck.Environment!.Keys.Order(StringComparer.Ordinal));
    }

    // Bytes of any encoding, lines of others that look like ours, and jobs before and after.
    [Fact]
    public void Other_lines_stay_as_they_are_byte_by_byte()
    {
        var line = Gen.OneOf(
            Gen.Byte.Where(value => value is not ((byte)'\n' or 0)).Array[0, 30],
            Gen.Int[0, Foreign.Length - 1].Select(number => Encoding.UTF8.GetBytes(Foreign[number])));
        line.Array[0, 8].Try(
            lines =>
            {
                byte[] before = [.. lines.SelectMany(bytes => bytes.Append((byte)'\n'))];
                _crontab = before.Length == 0 ? null : before;
                Wait(Store.SaveAsync(Plans.Of("0 4 * * *", "a"), Cancellation));
                Wait(Store.SaveAsync(Plans.Of("0 5 * * *", "b") with { Name = "Weekly" }, Cancellation));
                Wait(Store.SaveAsync(Plans.Of("0 6 * * *", "c"), Cancellation));
                var tasks = Wait(Store.ListAsync(Cancellation));
                Assert.Equal(["0 5 * * *", "0 6 * * *"], tasks.Select(task => task.Mark.Schedule));
                foreach (var task in tasks)
                    Wait(Store.RemoveAsync(task, Cancellation));
                Assert.Equal(before.Length == 0 ? null : before, _crontab);
            },
            atLeast: 100, seconds: 1);
    }

    [Fact]
    public async Task A_last_line_without_an_end_stays_a_line_of_its_own()
    {
        _crontab = "5 0 * * * x"u8.ToArray();

        await Store.SaveAsync(Plans.Of("0 4 * * *"), Cancellation);

        Assert.StartsWith("5 0 * * * x\n# BEGIN ", Encoding.UTF8.GetString(_crontab), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_is_the_same_whatever_the_case_of_its_name()
    {
        await Store.SaveAsync(Plans.Of("0 4 * * *"), Cancellation);
        await Store.SaveAsync(Plans.Of("0 5 * * *") with { Name = "DAILY" }, Cancellation);

        Assert.Equal("0 5 * * *", Assert.Single(await Store.ListAsync(Cancellation)).Mark.Schedule);
    }

    [Fact]
    public async Task An_entry_that_was_torn_is_left_alone_and_told_of()
    {
        await Store.SaveAsync(Plans.Of("0 4 * * *"), Cancellation);
        var text = Encoding.UTF8.GetString(_crontab!).Replace("# END", "# end", StringComparison.Ordinal);
        var torn = _crontab = Encoding.UTF8.GetBytes(text);

        var listed = await Assert.ThrowsAsync<LoyaltyException>(() => Store.ListAsync(Cancellation));
        var saved = await Assert.ThrowsAsync<LoyaltyException>(() => Store.SaveAsync(Plans.Of("0 5 * * *"), Cancellation));

        Assert.Equal(("TaskForeign", "TaskForeign"), (listed.ErrorId, saved.ErrorId));
        Assert.Equal(torn, _crontab);
    }

    [Fact]
    public async Task What_crontab_refuses_is_told_in_its_words()
    {
        var store = new CronStore(new ScriptedPrograms(_ => ScriptedPrograms.Failed("You (ann) are not allowed to use this program\n")));

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => store.ListAsync(Cancellation));

        Assert.Equal("SchedulerUnavailable", failure.ErrorId);
        Assert.Equal("'crontab -l' ended with 1: You (ann) are not allowed to use this program", failure.Message);
        var absent = new CronStore(new ScriptedPrograms(_ => null));
        failure = await Assert.ThrowsAsync<LoyaltyException>(() => absent.ListAsync(Cancellation));
        Assert.Equal("The program crontab is not here.", failure.Message);
    }

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private ProgramOutcome Crontab(ProgramCall call)
    {
        Assert.Equal("crontab", call.Program);
        switch (Assert.Single(call.Arguments))
        {
            case "-l":
                return _crontab is null ? ScriptedPrograms.Failed("no crontab for ann\n") : new ProgramOutcome(0, _crontab, string.Empty);
            case "-r":
                _crontab = null;
                return ScriptedPrograms.Done();
            default:
                _crontab = call.Input;
                return ScriptedPrograms.Done();
        }
    }
}

using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling;
using LoyaltyPipeline.Core.Scheduling.Programs;
using LoyaltyPipeline.Core.Scheduling.Stores;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

[Unix("The registry of Windows has the Task Scheduler alone.", Linux = true)]
public sealed class TaskRegistryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _hasCron = true;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TaskRegistry Registry => new(
        new ScriptedPrograms(call => call.Program == "crontab" && !_hasCron ? null
            : call.Program == "crontab" ? ScriptedPrograms.Failed("no crontab for ann")
            : ScriptedPrograms.Done()),
        runner =>
        [
            new SystemdStore(runner, Path.Combine(_folder.Path, "system"), Path.Combine(_folder.Path, "user")), new CronStore(runner),
            new TaskSchedulerStore(runner),
        ]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Registered_again_it_is_unchanged_and_another_replaces_it()
    {
        var plan = Plans.Of("0 4 * * *");
        Assert.Equal(TaskOutcome.Registered, (await Registry.PlanAsync(plan, TaskKind.Systemd, Cancellation)).Outcome);
        Assert.Empty(await Registry.ListAsync([], Cancellation));

        Assert.Equal(TaskOutcome.Registered, (await Registry.RegisterAsync(plan, TaskKind.Systemd, Cancellation)).Outcome);
        Assert.Equal(TaskOutcome.Unchanged, (await Registry.PlanAsync(plan, TaskKind.Systemd, Cancellation)).Outcome);
        var sameScope = plan with { Name = "daily" };
        Assert.Equal(TaskOutcome.Replaced, (await Registry.RegisterAsync(sameScope, TaskKind.Systemd, Cancellation)).Outcome);
        Assert.Equal("daily", Assert.Single(await Registry.ListAsync([], Cancellation)).Name);
        var other = plan with { Name = "DAILY", Scope = TaskScope.User };
        Assert.Equal(TaskOutcome.Replaced, (await Registry.PlanAsync(other, TaskKind.Systemd, Cancellation)).Outcome);
        Assert.Equal(TaskOutcome.Replaced, (await Registry.RegisterAsync(other, TaskKind.Systemd, Cancellation)).Outcome);

        var task = Assert.Single(await Registry.ListAsync([], Cancellation));
        Assert.Equal(("DAILY", TaskScope.User), (task.Name, task.Scope));
        Assert.NotNull(task.NextRun);
        Assert.Equal(TaskOutcome.Removed, (await Registry.RemoveAsync(task, Cancellation)).Outcome);
        Assert.Empty(await Registry.ListAsync([], Cancellation));
    }

    [Fact]
    public async Task What_is_not_here_has_no_jobs_and_is_an_error_where_it_is_named()
    {
        _hasCron = false;

        Assert.Empty(await Registry.ListAsync([], Cancellation));
        Assert.Equal("SchedulerUnavailable", await FailureOf(() => Registry.ListAsync([TaskKind.Cron], Cancellation)));
        Assert.Equal("TaskUnsupported", await FailureOf(() => Registry.ListAsync([TaskKind.TaskScheduler], Cancellation)));
        var plan = Plans.Of("0 4 * * *");
        Assert.Equal("TaskUnsupported", await FailureOf(() => Registry.PlanAsync(plan, TaskKind.TaskScheduler, Cancellation)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData(".a")]
    [InlineData("täglich")]
    [InlineData("a\n")]
    public void A_name_that_no_file_should_have_is_refused(string name) =>
        Assert.Equal(
            "TaskInvalid",
            Assert.Throws<LoyaltyException>(() => Registry.Define(Plans.Of("0 4 * * *") with { Name = name }, TaskKind.Cron)).ErrorId);

    [Fact]
    public void Limits_of_seconds_and_relative_programs_are_refused()
    {
        var plan = Plans.Of("0 4 * * *");

        Assert.Throws<LoyaltyException>(() => Registry.Define(plan with { TimeLimit = TimeSpan.FromSeconds(59) }, TaskKind.Systemd));
        Assert.Throws<LoyaltyException>(() => Registry.Define(plan with { Command = new TaskCommand("pwsh", []) }, TaskKind.Systemd));
        Assert.NotEmpty(Registry.Define(plan with { TimeLimit = TimeSpan.Zero }, TaskKind.Systemd));
    }

    private static async Task<string> FailureOf(Func<Task> act) => (await Assert.ThrowsAsync<LoyaltyException>(act)).ErrorId;

    // Real programs, as self-checks are.
    [Fact]
    public async Task A_program_sees_what_it_is_given_and_is_ended_in_time()
    {
        var runner = new ProgramRunner();
        var bare = new ProgramCall("/bin/sh", ["-c", "env | grep -v ^_; pwd; cat; echo no >&2; exit 3"])
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "1", ["PWD"] = "/", ["PATH"] = "/usr/bin:/bin" },
            Folder = "/",
            Input = "in"u8.ToArray(),
        };

        var outcome = await runner.RunAsync(bare, Cancellation);

        Assert.Equal((3, "no\n"), (outcome!.ExitCode, outcome.Errors));
        Assert.Equal(["/", "A=1", "PATH=/usr/bin:/bin", "PWD=/", "in"], outcome.Text.Split('\n').Order(StringComparer.Ordinal));
        Assert.Null(await runner.RunAsync(new ProgramCall("/nowhere/program", []), Cancellation));
        var endless = new ProgramCall("/bin/sh", ["-c", "sleep 1000 & wait"]) { Timeout = TimeSpan.FromMilliseconds(300) };
        Assert.Null((await runner.RunAsync(endless, Cancellation))!.ExitCode);
    }
}

using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling;
using LoyaltyPipeline.Core.Scheduling.Stores;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

public sealed class SystemdStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedPrograms _systemctl;
    private string? _refused;

    public SystemdStoreTests() => _systemctl = new ScriptedPrograms(call =>
        call.Arguments.Contains("show") ? ScriptedPrograms.Done("ExecMainExitTimestamp=@1782792001\nExecMainStatus=3\n")
        : _refused is not null && call.Arguments.Contains(_refused) ? ScriptedPrograms.Failed("System has not been booted with systemd")
        : ScriptedPrograms.Done());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Units => Path.Combine(_folder.Path, "system");

    private SystemdStore Store => new(_systemctl, Units, Path.Combine(_folder.Path, "user"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_is_registered_started_listed_and_removed()
    {
        var plan = Plan("0 4 * * *");
        await Store.SaveAsync(plan, Cancellation);
        Assert.Equal(
            [
                "--system daemon-reload", "--system enable loyaltypipeline-Daily.timer", "--system restart loyaltypipeline-Daily.timer",
            ],
            _systemctl.Calls.Select(call => string.Join(' ', call.Arguments)));

        var task = Assert.Single(await Store.ListAsync(Cancellation));
        Assert.True(Store.IsSame(task, plan));
        Assert.False(Store.IsSame(task, Plan("0 5 * * *")));
        Assert.Equal((new DateTime(2026, 6, 30, 4, 0, 1, DateTimeKind.Utc), 3), (task.LastRun!.Value, task.LastExitCode!.Value));
        Assert.Equal(["/bin/sh", "-c", "/etc/x.env", "/opt/power shell/pwsh", "-SelfCheck"],
            [task.SelfCheck.Program, task.SelfCheck.Arguments[0], .. task.SelfCheck.Arguments.Skip(3)]);

        await Store.RemoveAsync(task, Cancellation);
        Assert.Empty(Directory.GetFiles(Units));
        Assert.Equal("--system disable --now loyaltypipeline-Daily.timer", string.Join(' ', _systemctl.Calls[^2].Arguments));
    }

    [Theory]
    [InlineData("daemon-reload")]
    [InlineData("restart")]
    public async Task What_systemd_does_not_take_leaves_what_was_there(string refused)
    {
        await Store.SaveAsync(Plan("0 4 * * *"), Cancellation);
        _refused = refused;

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => Store.SaveAsync(Plan("0 5 * * *"), Cancellation));

        Assert.Equal("SchedulerUnavailable", failure.ErrorId);
        Assert.EndsWith("System has not been booted with systemd", failure.Message, StringComparison.Ordinal);
        Assert.Equal("0 4 * * *", Assert.Single(await Store.ListAsync(Cancellation)).Mark.Schedule);
        await Assert.ThrowsAsync<LoyaltyException>(() => Store.SaveAsync(Plan("0 5 * * *") with { Name = "New" }, Cancellation));
        Assert.Single(await Store.ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_unit_of_somebody_else_is_left_alone()
    {
        Directory.CreateDirectory(Units);
        var place = Path.Combine(Units, "loyaltypipeline-Daily.timer");
        await File.WriteAllTextAsync(place, "[Timer]\n", Cancellation);

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => Store.SaveAsync(Plan("0 4 * * *"), Cancellation));

        Assert.Equal("TaskForeign", failure.ErrorId);
        Assert.Empty(await Store.ListAsync(Cancellation));
        Assert.Equal(["loyaltypipeline-Daily.timer"], Directory.GetFiles(Units).Select(Path.GetFileName));
    }

    private static TaskPlan Plan(string schedule) => Plans.Of(schedule) with { Scope = TaskScope.System, EnvironmentFile = "/etc/x.env" };
}

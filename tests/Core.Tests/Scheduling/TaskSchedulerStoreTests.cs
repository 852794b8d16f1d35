using System.Text;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling.Programs;
using LoyaltyPipeline.Core.Scheduling.Stores;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

/// <summary>What schtasks.exe is told, and what is made of its answers.</summary>
public sealed class TaskSchedulerStoreTests
{
    private readonly ScriptedPrograms _schtasks;
    private string? _definition;

    public TaskSchedulerStoreTests() => _schtasks = new ScriptedPrograms(Answer);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TaskSchedulerStore Store => new(_schtasks);

    [Fact]
    public async Task A_job_is_registered_listed_and_removed()
    {
        var plan = Plans.Of("0 4 * * *", "-Warehouse", @"D:\größe\x y.duckdb");
        await Store.SaveAsync(plan, Cancellation);

        var task = Assert.Single(await Store.ListAsync(Cancellation));

        Assert.True(Store.IsSame(task, plan));
        Assert.Equal((@"\LoyaltyPipeline\Daily", 3), (task.Location, task.LastExitCode));
        Assert.Equal("-Warehouse \"D:\\größe\\x y.duckdb\" -SelfCheck", task.SelfCheck.ArgumentText);
        await Store.RemoveAsync(task, Cancellation);
        Assert.Equal([@"/Delete", "/TN", @"\LoyaltyPipeline\Daily", "/F"], _schtasks.Calls[^1].Arguments);
    }

    [Fact]
    public async Task A_task_of_somebody_else_is_left_alone()
    {
        _definition = "<Task/>";

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => Store.SaveAsync(Plans.Of("0 4 * * *"), Cancellation));

        Assert.Equal("TaskForeign", failure.ErrorId);
        Assert.Equal("<Task/>", _definition);
        Assert.Empty(await Store.ListAsync(Cancellation));
    }

    private ProgramOutcome Answer(ProgramCall call)
    {
        Assert.Equal("schtasks.exe", call.Program);
        switch (call.Arguments)
        {
            case ["/Create", "/TN", @"\LoyaltyPipeline\Daily", "/XML", var file, "/F"]:
                Assert.Equal(Encoding.Unicode.GetPreamble(), File.ReadAllBytes(file)[..2]);
                _definition = File.ReadAllText(file);
                return ScriptedPrograms.Done();
            case ["/Query", "/TN", _, "/XML", "ONE"]:
                return _definition is null
                    ? ScriptedPrograms.Failed("ERROR: The system cannot find the file specified.")
                    : ScriptedPrograms.Done(_definition);
            case ["/Query", "/FO", "CSV", "/NH"]:
                return ScriptedPrograms.Done(
                    "\"\\Backup\",\"N/A\",\"Ready\"\r\n\"\\LoyaltyPipeline\\Daily\",\"6/30/2026 4:00:00 AM\",\"Ready\"\r\n");
            case ["/Query", "/TN", _, "/V", "/FO", "CSV", "/NH"]:
                return ScriptedPrograms.Done(
                    "\"HOST\",\"\\LoyaltyPipeline\\Daily\",\"7/1/2026 4:00:00 AM\",\"Ready\",\"Background only\","
                        + "\"6/30/2026 4:00:00 AM\",\"3\",\"N/A\"\r\n");
            default:
                return ScriptedPrograms.Done();
        }
    }
}

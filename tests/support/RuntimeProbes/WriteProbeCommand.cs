using System.Management.Automation;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.RuntimeProbes;

/// <summary>Writes to all streams from worker threads.</summary>
[Cmdlet(VerbsCommunications.Write, "Probe")]
[OutputType(typeof(string))]
public sealed class WriteProbeCommand : AsyncCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public string Name { get; set; } = "one";

    [Parameter]
    public int ProgressReports { get; set; }

    protected override Task BeginAsync(CancellationToken cancellationToken) => WriteObjectAsync("begin");

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        Reporter.Verbose($"verbose {Name}");
        await WriteObjectAsync($"object {Name}");
        Reporter.Warning($"warning {Name}");
        for (var report = 1; report <= ProgressReports; report++)
        {
            Reporter.Progress(new RunProgress("Probing", $"step {report}", report * 100 / ProgressReports));
            Reporter.Verbose($"step {report}");
            await Task.Delay(1, cancellationToken);
        }

        await WriteObjectAsync($"thread pool {Thread.CurrentThread.IsThreadPoolThread}");
    }

    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        // Some report after they have ended; nobody listens then, and nothing breaks.
        _ = ReportLateAsync(Reporter);
        return WriteObjectAsync("end");
    }

    private static async Task ReportLateAsync(IRunReporter reporter)
    {
        await Task.Delay(100);
        reporter.Warning("too late");
    }
}

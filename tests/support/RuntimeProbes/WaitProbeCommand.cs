using System.Management.Automation;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.RuntimeProbes;

/// <summary>Emits numbers until it is cancelled, then takes a moment to clean up.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Probe")]
[OutputType(typeof(int))]
public sealed class WaitProbeCommand : AsyncCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Log { get; set; } = string.Empty;

    [Parameter]
    public SwitchParameter Silent { get; set; }

    [Parameter]
    public SwitchParameter Warn { get; set; }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ProbeLog.Set(Log, "running");
        try
        {
            for (var number = 1; ; number++)
            {
                if (Warn)
                    Reporter.Warning($"warning {number}");
                if (!Silent)
                    await WriteObjectAsync(number);
                ProbeLog.Set($"{Log}.written", $"{number}");
                if (Silent || Warn)
                    await Task.Delay(10, cancellationToken);
            }
        }
        finally
        {
            await Task.Delay(200, CancellationToken.None);
            ProbeLog.Set(Log, "ended");
        }
    }

    protected override void Dispose(bool disposing)
    {
        ProbeLog.Set($"{Log}.disposedAfter", ProbeLog.Get(Log) ?? string.Empty);
        base.Dispose(disposing);
    }
}

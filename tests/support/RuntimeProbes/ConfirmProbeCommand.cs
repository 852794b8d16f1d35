using System.Management.Automation;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.RuntimeProbes;

/// <summary>Asks before it writes.</summary>
[Cmdlet(VerbsLifecycle.Confirm, "Probe", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class ConfirmProbeCommand : AsyncCmdlet
{
    [Parameter]
    public SwitchParameter AndContinue { get; set; }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (AndContinue && !await ShouldContinueAsync("Really?"))
            await WriteObjectAsync("not continued");
        else
            await WriteObjectAsync(await ShouldProcessAsync("Write the probe", "Write it?") ? "written" : "not written");
    }
}

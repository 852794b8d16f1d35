using System.Management.Automation;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.RuntimeProbes;

/// <summary>Fails in the way that is asked for.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ProbeFailure")]
[OutputType(typeof(string))]
public sealed class FailProbeCommand : AsyncCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Kind { get; set; } = string.Empty;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        switch (Kind)
        {
            case "Continue":
                await WriteErrorAsync(LoyaltyErrors.SourceMissing.Because("There is no table.", "DW_A.USER_PROFILE"));
                await WriteObjectAsync("went on");
                break;
            case "Canceled":
                throw new OperationCanceledException("A service gave up.");
            case "Unexpected":
                throw new FormatException("Nobody thought of this.");
            case "PipelineThread":
                await OnPipelineThreadAsync<int>(() => throw LoyaltyErrors.RunNotFound.Because("No such run.", "r1"));
                break;
            default:
                throw LoyaltyErrors.All[Kind].Because($"This is {Kind}.", "the target");
        }
    }
}

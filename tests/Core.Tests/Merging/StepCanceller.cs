using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>Cancels when a step begins.</summary>
internal sealed class StepCanceller(string step, CancellationTokenSource source) : IRunReporter
{
    public void Progress(RunProgress progress)
    {
        if (progress.Step == step)
            source.Cancel();
    }

    public void Warning(string message)
    {
        // Nothing here is about warnings.
    }

    public void Verbose(string message)
    {
        // Nor about details.
    }
}

using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>Cancels when a step begins, of any activity or of those that contain a text.</summary>
internal sealed class StepCanceller(string step, CancellationTokenSource source, string activity = "") : IRunReporter
{
    public void Progress(RunProgress progress)
    {
        if (progress.Step == step && progress.Activity.Contains(activity, StringComparison.Ordinal))
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

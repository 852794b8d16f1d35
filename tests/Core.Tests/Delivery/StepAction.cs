using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Does something, once, when a step begins.</summary>
internal sealed class StepAction(string step, Action act) : IRunReporter
{
    private bool _isDone;

    public void Progress(RunProgress progress)
    {
        if (_isDone || progress.Step != step)
            return;
        _isDone = true;
        act();
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

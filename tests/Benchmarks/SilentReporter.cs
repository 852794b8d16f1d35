using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Benchmarks;

/// <summary>Tells nobody.</summary>
internal sealed class SilentReporter : IRunReporter
{
    public void Progress(RunProgress progress)
    {
        // Nobody watches.
    }

    public void Warning(string message)
    {
        // The samples have no flaws to warn of.
    }

    public void Verbose(string message)
    {
        // Nobody reads it.
    }
}

using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Crashes;

/// <summary>Hears everything and says nothing.</summary>
internal sealed class QuietReporter : IRunReporter
{
    public void Progress(RunProgress progress)
    {
        // Nobody watches.
    }

    public void Warning(string message)
    {
        // Nobody watches.
    }

    public void Verbose(string message)
    {
        // Nobody watches.
    }
}

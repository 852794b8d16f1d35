using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>Runs statements of somebody else when a run comes to a step.</summary>
/// <param name="statements">What somebody else does then.</param>
internal sealed class StepWatch(EngineWarehouse test, string step, params string[] statements) : IRunReporter
{
    public void Progress(RunProgress progress)
    {
        if (progress.Step == step)
            Task.Run(() => test.ExecuteAsync(statements)).GetAwaiter().GetResult();
    }

    public void Warning(string message) => test.Reporter.Warning(message);

    public void Verbose(string message) => test.Reporter.Verbose(message);
}

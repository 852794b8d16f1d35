using System.Collections.Concurrent;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Keeps every text that is reported.</summary>
internal sealed class RunRecorder : IRunReporter
{
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentQueue<string> _everything = new();

    public IReadOnlyCollection<string> Warnings => _warnings;

    public IReadOnlyCollection<string> Everything => _everything;

    public void Progress(RunProgress progress) => _everything.Enqueue(progress.ToString());

    public void Warning(string message)
    {
        _warnings.Enqueue(message);
        _everything.Enqueue(message);
    }

    public void Verbose(string message) => _everything.Enqueue(message);
}

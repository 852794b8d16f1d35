using System.Collections.Concurrent;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>Keeps what a feature reports.</summary>
internal sealed class RecordingReporter : IRunReporter
{
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentQueue<RunProgress> _progress = new();

    private readonly ConcurrentQueue<LoyaltyException> _missing = new();

    public IReadOnlyCollection<LoyaltyException> Missing => _missing;

    public IReadOnlyCollection<string> Warnings => _warnings;

    public IReadOnlyCollection<RunProgress> ProgressReports => _progress;

    public void Progress(RunProgress progress) => _progress.Enqueue(progress);

    public void Warning(string message) => _warnings.Enqueue(message);

    public void NotFound(LoyaltyException failure) => _missing.Enqueue(failure);

    public void Verbose(string message)
    {
        // Details are for people; no test depends on them.
    }
}

using System.Diagnostics;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>Tells how far a replay is as a whole.</summary>
/// <param name="days">How many days the replay writes.</param>
internal sealed class ReplayReporter(int days, IRunReporter reporter) : IRunReporter
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _done;

    /// <summary>Notes that a day is done.</summary>
    public void DayDone() => _done++;

    /// <inheritdoc/>
    public void Progress(RunProgress progress)
    {
        var left = _done == 0 ? (TimeSpan?)null : _clock.Elapsed / _done * (days - _done);
        reporter.Progress(new RunProgress($"{progress.Activity}, day {_done + 1} of {days}", progress.Step, 100 * _done / days, left));
    }

    /// <inheritdoc/>
    public void Warning(string message) => reporter.Warning(message);

    /// <inheritdoc/>
    public void Verbose(string message) => reporter.Verbose(message);
}

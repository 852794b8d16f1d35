using System.Diagnostics;
using System.Management.Automation;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Runtime;

/// <summary>
/// Shows on the pipeline thread what Core reports from anywhere. Of progress only the latest state is kept and shown about five times a
/// second: showing each would cost more than the work.
/// </summary>
/// <param name="cmdlet">The cmdlet that shows it.</param>
/// <param name="post">Hands an action to the pipeline thread without waiting.</param>
/// <param name="onError">Hears of each error.</param>
/// <param name="drain">Waits until the pipeline thread has come to the end of what was handed to it.</param>
internal sealed class PipelineReporter(
    Cmdlet cmdlet, Action<Action> post, Action<Exception> onError, Func<CancellationToken, Task> drain) : IRunReporter
{
    /// <summary>How often progress is shown.</summary>
    public static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    private static int _lastActivityId;

    private readonly int _activityId = Interlocked.Increment(ref _lastActivityId);
    private RunProgress? _latest;
    private int _unshown;
    private string? _shownActivity;
    private long _shownAt;

    /// <inheritdoc/>
    public void Progress(RunProgress progress) => Volatile.Write(ref _latest, progress);

    /// <inheritdoc/>
    public void Warning(string message)
    {
        Interlocked.Increment(ref _unshown);
        post(() =>
        {
            cmdlet.WriteWarning(message);
            Interlocked.Decrement(ref _unshown);
        });
    }

    // Without a warning nobody is waited for: the pipeline thread may be with a reader who waits for this work.
    /// <inheritdoc/>
    public Task SettleAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _unshown) > 0 ? drain(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public void Verbose(string message) => post(() => cmdlet.WriteVerbose(message));

    /// <inheritdoc/>
    public void NotFound(LoyaltyException failure)
    {
        onError(failure);
        post(() => cmdlet.WriteError(ErrorRecords.Of(failure)));
    }

    /// <summary>Shows the latest progress if it is time. On the pipeline thread only.</summary>
    public void ShowProgress()
    {
        if (Volatile.Read(ref _latest) is null || (_shownActivity is not null && Stopwatch.GetElapsedTime(_shownAt) < ProgressInterval))
            return;
        var progress = Interlocked.Exchange(ref _latest, null)!;
        _shownActivity = progress.Activity;
        _shownAt = Stopwatch.GetTimestamp();
        cmdlet.WriteProgress(new ProgressRecord(_activityId, progress.Activity, progress.Step)
        {
            PercentComplete = progress.Percent ?? -1,
            SecondsRemaining = progress.TimeLeft is { } left ? (int)left.TotalSeconds : -1,
        });
    }

    /// <summary>Takes the progress away. On the pipeline thread only.</summary>
    public void EndProgress()
    {
        Volatile.Write(ref _latest, null);
        if (_shownActivity is null)
            return;
        cmdlet.WriteProgress(new ProgressRecord(_activityId, _shownActivity, "-") { RecordType = ProgressRecordType.Completed });
        _shownActivity = null;
    }
}

using System.Diagnostics;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>
/// Waits for what others hold: the file of a warehouse, or its lock. One wait may serve several attempts in turn; all of them together take
/// no longer than the time allowed.
/// </summary>
/// <param name="timeout">How long to wait; nothing at all for zero.</param>
public sealed class LockWait(TimeSpan timeout)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _waited = new();
    private TimeSpan _told;

    /// <summary>Does not wait.</summary>
    public static LockWait None { get; } = new(TimeSpan.Zero);

    /// <summary>Whether it does not wait.</summary>
    internal bool IsNone => timeout <= TimeSpan.Zero;

    private TimeSpan Left => timeout - _waited.Elapsed;

    /// <summary>How long was waited since this was last asked.</summary>
    public TimeSpan TakeWaited()
    {
        var since = _waited.Elapsed - _told;
        _told = _waited.Elapsed;
        return since;
    }

    /// <summary>Attempts something until nobody is in its way any more, or the time is over.</summary>
    /// <typeparam name="T">What the attempt yields.</typeparam>
    /// <returns>What the attempt yields.</returns>
    /// <exception cref="LoyaltyException">That of the last attempt.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, IRunReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    return await attempt();
                }
                catch (LoyaltyException held) when (held.Definition.Kind == ErrorKind.Busy && Left > TimeSpan.Zero)
                {
                    _waited.Start();
                    reporter.Progress(new RunProgress("Waiting", held.Message, Percent: null, Left));
                    await Task.Delay(Left < Pause ? Left : Pause, cancellationToken);
                }
            }
        }
        finally
        {
            _waited.Stop();
        }
    }
}

using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>
/// Renews the lock of a run as long as the run lives. Time is the engine's: the clocks of machines differ. From the start it has the
/// session to itself.
/// </summary>
internal sealed class RunLease : IDisposable
{
    // So that a renewal may fail a few times before the lock is lost.
    private const int RenewalsALease = 5;

    private readonly IWarehouseSession _session;
    private readonly string _runId;
    private readonly IRunReporter _reporter;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewals;

    /// <summary>Begins to renew a lock that was just taken.</summary>
    /// <param name="session">The session that took it.</param>
    /// <param name="runId">The run that holds it.</param>
    /// <param name="length">How long a renewal lasts.</param>
    /// <param name="reporter">Hears of a renewal that failed.</param>
    public RunLease(IWarehouseSession session, string runId, TimeSpan length, IRunReporter reporter)
    {
        _session = session;
        _runId = runId;
        _reporter = reporter;
        _renewals = RenewAsync(length);
    }

    /// <summary>Ends the renewals, then sets the lock free. Where that fails, the lock is free when its lease is over.</summary>
    /// <param name="free">Sets it free.</param>
    /// <returns>When it has ended.</returns>
    public async Task EndAsync(Func<Task> free)
    {
        await _ended.CancelAsync();
        await _renewals;
        try
        {
            await free();
        }
        catch (LoyaltyException failure)
        {
            _reporter.Warning(
                $"The lock of the run {_runId} could not be set free ({failure.Message}); it is free when its lease is over.");
        }
    }

    public void Dispose() => _ended.Dispose();

    private async Task RenewAsync(TimeSpan length)
    {
        using var timer = new PeriodicTimer(length / RenewalsALease);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
                await TryRenewAsync(length);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The run has ended.
        }
    }

    private async Task TryRenewAsync(TimeSpan length)
    {
        try
        {
            if (await _session.ExecuteAsync(
                $"UPDATE {LockRow.Table} SET {LockRow.Renewal(_session.Dialect, length)} WHERE {LockRow.Condition} AND RUN_ID = ?",
                [_runId], _ended.Token) == 0)
                _reporter.Warning($"The run {_runId} has lost the lock of the warehouse and will not be able to commit.");
        }
        catch (LoyaltyException failure)
        {
            _reporter.Warning($"The lock of the run {_runId} could not be renewed: {failure.Message}");
        }
    }
}

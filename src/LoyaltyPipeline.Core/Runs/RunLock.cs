using System.Collections.Concurrent;
using System.Diagnostics;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>
/// Lets one run at a time write a warehouse. The lock is one row, taken by a conditional update: of two runs that try at once the engine
/// lets one through. Where the engine lets in one process at a time, a holder from another process is dead and its lock is taken over.
/// Where it does not, the holder renews the lock as long as it lives; one that is dead, or cut off, loses it when its lease is over, and a
/// run that has lost it cannot commit.
/// </summary>
public sealed class RunLock : IAsyncDisposable
{
    private const int Attempts = 10;
    private const string ProcessColumn = "PROCESS_STARTED_AT";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Runs of this process that have ended and could not set their lock free, as where the engine gave up under them: what the row says of
    // them means nothing.
    private static readonly ConcurrentBag<string> Ended = [];

    private readonly IWarehouse _warehouse;
    private readonly IWarehouseSession _session;
    private readonly IRunReporter _reporter;
    private readonly RunLease? _lease;

    private RunLock(IWarehouse warehouse, IWarehouseSession session, RunHolder holder, TimeSpan waited, IRunReporter reporter)
    {
        _warehouse = warehouse;
        _session = session;
        _reporter = reporter;
        Holder = holder;
        Waited = waited;
        _lease = session.Dialect.LockLease is { } length ? new RunLease(session, holder.RunId, length, reporter) : null;
    }

    /// <summary>The run that holds the lock.</summary>
    public RunHolder Holder { get; }

    /// <summary>How long was waited for it.</summary>
    public TimeSpan Waited { get; }

    // A process id may be used again after a crash, and a clock may go back: a lock is this process's own where the process of that id that
    // took it began just when this one did.
    private static DateTime ProcessStartedAt { get; } = FindProcessStart();

    /// <summary>Takes the lock for a run that begins now.</summary>
    /// <param name="wait">How long to wait for another run; null for not at all.</param>
    /// <returns>The lock; disposing it sets it free.</returns>
    /// <exception cref="LoyaltyException"><c>RunLocked</c>: another run holds it; <c>WarehouseNotInitialized</c>, <c>WarehouseTooNew</c>,
    /// <c>WarehouseUnavailable</c>.</exception>
    public static async Task<RunLock> TakeAsync(
        IWarehouse warehouse, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken)
    {
        wait ??= LockWait.None;
        var session = await warehouse.OpenSessionAsync(cancellationToken);
        try
        {
            // To take the lock is to write; what a newer module has made is not written to.
            await SchemaVersion.DemandKnownAsync(session, cancellationToken);
            var holder = await wait.RunAsync(() => TakeRowAsync(session, cancellationToken), reporter, cancellationToken);
            return await AnnounceAsync(new RunLock(warehouse, session, holder, wait.TakeWaited(), reporter));
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sets the lock free.</summary>
    /// <returns>When it is free.</returns>
    public async ValueTask DisposeAsync()
    {
        // First, because the next run may announce itself as soon as the lock is free.
        _warehouse.Announce(null);
        await using (_session)
        {
            using (_lease)
                await (_lease?.EndAsync(FreeAsync) ?? TryFreeAsync());
        }
    }

    // The run is over, and what it committed stays, whatever becomes of its lock.
    private async Task TryFreeAsync()
    {
        try
        {
            await FreeAsync();
        }
        catch (LoyaltyException failure)
        {
            Ended.Add(Holder.RunId);
            _reporter.Warning($"The lock of the run {Holder.RunId} could not be set free: {failure.Message}");
        }
    }

    private Task<long> FreeAsync()
    {
        var noLease = _lease is null ? string.Empty : ", EXPIRES_AT = NULL";
        return _session.ExecuteAsync(
            $"""
            UPDATE {LockRow.Table}
            SET RUN_ID = NULL, OWNER = NULL, HOST = NULL, PROCESS_ID = NULL, {ProcessColumn} = NULL, HELD_SINCE = NULL{noLease}
            WHERE {LockRow.Condition} AND RUN_ID = ?
            """,
            [Holder.RunId],
            CancellationToken.None);
    }

    private static async Task<RunLock> AnnounceAsync(RunLock taken)
    {
        try
        {
            taken._warehouse.Announce(taken.Holder);
            return taken;
        }
        catch
        {
            await taken.DisposeAsync();
            throw;
        }
    }

    private static async Task<RunHolder> TakeRowAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        LoyaltyException? failure = null;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var mine = RunHolder.Mine(DateTime.UtcNow);
            try
            {
                if (await UpdateRowAsync(session, mine, cancellationToken) > 0)
                    return mine;
            }
            catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
            {
                // Two updates of the row at the same moment: the engine refuses one of them, and knows the other one's run a little later.
                var tables = await SchemaReader.RequireInitializedAsync(session, cancellationToken);
                if (!tables[LockRow.Table.ToString()].Columns.ContainsKey(ProcessColumn))
                    throw LoyaltyErrors.WarehouseNotInitialized.Because(
                        $"{LockRow.Table} is of an earlier version: it has no column {ProcessColumn}.", LockRow.Table.ToString(),
                        cause: exception);
                failure = exception;
            }

            if (await FindHolderAsync(session, "RUN_ID IS NOT NULL", [], cancellationToken) is { } holder)
                throw LoyaltyErrors.RunLocked.Because($"The warehouse is being written by {holder}.", holder, cause: failure);
            await Task.Delay(Pause, cancellationToken);
        }

        throw failure
            ?? LoyaltyErrors.WarehouseNotInitialized.Because(
                $"The warehouse has no lock: {LockRow.Table} is empty.", LockRow.Table.ToString());
    }

    private static Task<long> UpdateRowAsync(IWarehouseSession session, RunHolder mine, CancellationToken cancellationToken)
    {
        object?[] holder = [mine.RunId, mine.Owner, mine.Host, mine.ProcessId, ProcessStartedAt, mine.Since];
        // None is called so.
        string[] ended = [string.Empty, .. Ended];
        const string Held = $"RUN_ID = ?, OWNER = ?, HOST = ?, PROCESS_ID = ?, {ProcessColumn} = ?, HELD_SINCE = ?";
        return session.Dialect.LockLease is { } lease
            ? session.ExecuteAsync(
                $"""
                UPDATE {LockRow.Table}
                SET {Held}, {LockRow.Renewal(session.Dialect, lease)}
                WHERE {LockRow.Condition} AND (RUN_ID IS NULL OR EXPIRES_AT < {LockRow.Now(session.Dialect)})
                """,
                holder,
                cancellationToken)
            : session.ExecuteAsync(
                $"""
                UPDATE {LockRow.Table}
                SET {Held}
                WHERE {LockRow.Condition}
                    AND (RUN_ID IS NULL OR HOST IS DISTINCT FROM ? OR PROCESS_ID IS DISTINCT FROM ?
                        OR {ProcessColumn} IS DISTINCT FROM ? OR RUN_ID IN ({SqlText.List(ended.Select(_ => "?"))}))
                """,
                [.. holder, mine.Host, mine.ProcessId, ProcessStartedAt, .. ended],
                cancellationToken);
    }

    private static DateTime FindProcessStart()
    {
        using var process = Process.GetCurrentProcess();
        return StoredTime.Truncate(process.StartTime.ToUniversalTime());
    }

    /// <summary>Finds the run that writes now. One that has died and left its name behind does not.</summary>
    /// <returns>The run; null where none does.</returns>
    internal static Task<RunHolder?> FindLivingAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        if (session.Dialect.LockLease is not null)
            return FindHolderAsync(session, $"EXPIRES_AT >= {LockRow.Now(session.Dialect)}", [], cancellationToken);
        string[] ended = [string.Empty, .. Ended];
        return FindHolderAsync(
            session,
            $"HOST = ? AND PROCESS_ID = ? AND {ProcessColumn} = ? AND RUN_ID NOT IN ({SqlText.List(ended.Select(_ => "?"))})",
            [Environment.MachineName, Environment.ProcessId, ProcessStartedAt, .. ended],
            cancellationToken);
    }

    private static async Task<RunHolder?> FindHolderAsync(
        IWarehouseSession session, string condition, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        var holders = await session.ListAsync(
            new StoredTable(LockRow.Table.ToString(), KeyColumns: 1),
            $"SELECT RUN_ID, OWNER, HOST, PROCESS_ID, HELD_SINCE FROM {LockRow.Table} WHERE {LockRow.Condition} AND {condition}",
            values,
            row => new RunHolder(row.Text(0), row.TextOrNull(1) ?? "unknown", row.Text(2), (int)row.Whole(3), row.Time(4)),
            StoredRows.Demanded,
            cancellationToken);
        return holders.Count > 0 ? holders[0] : null;
    }
}

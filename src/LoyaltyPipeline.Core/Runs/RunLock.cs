using System.Diagnostics;
using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>
/// Lets one run at a time write a warehouse. The lock is one row, taken by a conditional update: of two runs that try at once the engine
/// lets one through. A DuckDB file belongs to one process at a time, so a holder from another process is dead and its lock is taken over.
/// </summary>
public sealed class RunLock : IAsyncDisposable
{
    private const string LockName = "RUN";
    private const int Attempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly IWarehouseSession _session;
    private readonly string _runId;

    private RunLock(IWarehouseSession session, string runId)
    {
        _session = session;
        _runId = runId;
    }

    // A process id may be used again after a crash; a lock older than this process is not its own.
    private static DateTime ProcessStart
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.StartTime.ToUniversalTime();
        }
    }

    internal static TableName Table { get; } = new(LoyaltyCatalog.WarehouseSchema, "RUN_LOCK");

    internal static string SeedSql =>
        $"INSERT INTO {Table} (LOCK_NAME) SELECT '{LockName}' WHERE NOT EXISTS (SELECT 1 FROM {Table} WHERE LOCK_NAME = '{LockName}')";

    /// <summary>Takes the lock.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="runId">The run that wants to write.</param>
    /// <param name="now">The time of the run (UTC).</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lock; disposing it sets it free.</returns>
    /// <exception cref="LoyaltyException"><c>RunLocked</c>: another run holds it; <c>WarehouseNotInitialized</c>.</exception>
    public static async Task<RunLock> TakeAsync(IWarehouse warehouse, string runId, DateTime now, CancellationToken cancellationToken)
    {
        var session = await warehouse.OpenSessionAsync(cancellationToken);
        try
        {
            await TakeRowAsync(session, runId, now, cancellationToken);
            return new RunLock(session, runId);
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
        await using (_session)
        {
            await _session.ExecuteAsync(
                $"UPDATE {Table} SET RUN_ID = NULL, HOST = NULL, PROCESS_ID = NULL, HELD_SINCE = NULL WHERE LOCK_NAME = '{LockName}' AND RUN_ID = ?",
                [_runId],
                CancellationToken.None);
        }
    }

    private static async Task TakeRowAsync(IWarehouseSession session, string runId, DateTime now, CancellationToken cancellationToken)
    {
        LoyaltyException? failure = null;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                if (await UpdateRowAsync(session, runId, now, cancellationToken) > 0)
                    return;
            }
            catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
            {
                // Two updates of the row at the same moment: the engine refuses one of them, and knows the other one's run a little later.
                await SchemaReader.RequireInitializedAsync(session, cancellationToken);
                failure = exception;
            }

            if (await FindHolderAsync(session, cancellationToken) is { } holder)
                throw LoyaltyErrors.RunLocked.Because($"The warehouse is being written by {holder}.", holder, cause: failure);
            await Task.Delay(Pause, cancellationToken);
        }

        throw failure ?? LoyaltyErrors.WarehouseNotInitialized.Because($"The warehouse has no lock: {Table} is empty.", Table.ToString());
    }

    private static Task<long> UpdateRowAsync(IWarehouseSession session, string runId, DateTime now, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"UPDATE {Table} SET RUN_ID = ?, HOST = ?, PROCESS_ID = ?, HELD_SINCE = ? WHERE LOCK_NAME = '{LockName}' AND (RUN_ID IS NULL OR HOST <> ? OR PROCESS_ID <> ? OR HELD_SINCE < ?)",
        [runId, Environment.MachineName, Environment.ProcessId, now, Environment.MachineName, Environment.ProcessId, ProcessStart],
        cancellationToken);

    private static async Task<string?> FindHolderAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var holders = await session.ListAsync(
            $"SELECT RUN_ID, HOST, PROCESS_ID, HELD_SINCE FROM {Table} WHERE LOCK_NAME = '{LockName}' AND RUN_ID IS NOT NULL",
            [],
            reader => $"run {reader.TextAt(0)} on {reader.TextAt(1)}, process {reader.LongAt(2)}, since {reader.TimeAt(3)?.ToString("u", CultureInfo.InvariantCulture)}",
            cancellationToken);
        return holders.Count > 0 ? holders[0] : null;
    }
}

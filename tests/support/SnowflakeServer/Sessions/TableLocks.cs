using System.Diagnostics;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>The locks that UPDATE, DELETE and MERGE take on tables until their transaction ends.</summary>
internal sealed class TableLocks
{
    private const int MostWaiters = 20;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new();
    private readonly Dictionary<ObjectName, Session> _owners = [];
    private readonly Dictionary<ObjectName, int> _waiters = [];

    /// <summary>Waits until a session has a table for itself.</summary>
    /// <param name="session">The session; nothing happens where it has the table already.</param>
    /// <param name="queryId">The statement that waits.</param>
    /// <exception cref="SnowflakeError">It took longer than LOCK_TIMEOUT, or too many wait.</exception>
    public void Acquire(ObjectName table, Session session, string queryId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (TryTake(table, session))
                return;
            var waiting = _waiters.GetValueOrDefault(table) + 1;
            if (waiting > MostWaiters)
                throw TooManyWaiters(table, queryId);
            _waiters[table] = waiting;
            try
            {
                Wait(table, session, queryId, cancellationToken);
            }
            finally
            {
                _waiters[table]--;
            }
        }
    }

    /// <summary>Gives back all that a session holds.</summary>
    public void Release(Session session)
    {
        lock (_gate)
        {
            foreach (var table in _owners.Where(pair => pair.Value == session).Select(pair => pair.Key).ToList())
                _owners.Remove(table);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The tables that are held, and the sessions that hold them.</summary>
    public IReadOnlyList<(ObjectName Table, long Session)> Held()
    {
        lock (_gate)
            return [.. _owners.Select(pair => (pair.Key, pair.Value.Id))];
    }

    private bool TryTake(ObjectName table, Session session) => _owners.TryAdd(table, session) || _owners[table] == session;

    private void Wait(ObjectName table, Session session, string queryId, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (!TryTake(table, session))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (clock.Elapsed.TotalSeconds >= session.Parameters.LockTimeout)
                throw TimedOut(table, queryId);
            Monitor.Wait(_gate, Poll);
        }
    }

    private SnowflakeError TooManyWaiters(ObjectName table, string queryId) => new(
        "000625", "57014",
        $"{Holder(table)} Your statement '{queryId}' was aborted because the number of waiters for this lock exceeds the {MostWaiters} statements limit.");

    private SnowflakeError TimedOut(ObjectName table, string queryId) => new(
        "000625", "57014", $"{Holder(table)} Your statement '{queryId}' was aborted because the lock wait timeout was reached.");

    private string Holder(ObjectName table) =>
        $"Statement '{_owners[table].LastQueryId}' has locked table '{table.Name}' in transaction {_owners[table].TransactionId} and this lock has not yet been released.";
}

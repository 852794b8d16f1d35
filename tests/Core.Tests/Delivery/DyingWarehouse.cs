using System.Data.Common;
using LoyaltyPipeline.Core.Delivery.Unloading;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>A warehouse that answers a number of statements and then nothing any more, as if its disk were full.</summary>
/// <param name="warehouse">The warehouse itself.</param>
/// <param name="statements">How many it answers.</param>
internal sealed class DyingWarehouse(IWarehouse warehouse, int statements) : IWarehouse
{
    private int _left = statements;

    public SqlDialect Dialect => warehouse.Dialect;

    public string Location => warehouse.Location;

    /// <summary>Whether it has refused a statement.</summary>
    public bool IsDead => Volatile.Read(ref _left) < 0;

    public async Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken) => new Session(this, await warehouse.OpenSessionAsync(cancellationToken));

    public void Announce(RunHolder? holder) => warehouse.Announce(holder);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Count()
    {
        if (Interlocked.Decrement(ref _left) < 0)
            throw LoyaltyErrors.QueryFailed.Because("The warehouse is dead.");
    }

    private sealed class Session(DyingWarehouse owner, IWarehouseSession session) : IWarehouseSession
    {
        public SqlDialect Dialect => session.Dialect;

        public Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
        {
            owner.Count();
            return session.ExecuteAsync(sql, parameters, cancellationToken);
        }

        public Task<DbDataReader> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
        {
            owner.Count();
            return session.QueryAsync(sql, parameters, cancellationToken);
        }

        public Task<long> UnloadAsync(string query, UnloadFormat format, string path, CancellationToken cancellationToken)
        {
            owner.Count();
            return session.UnloadAsync(query, format, path, cancellationToken);
        }

        public Task<long> LoadAsync(string table, IReadOnlyList<string> columns, string path, CancellationToken cancellationToken)
        {
            owner.Count();
            return session.LoadAsync(table, columns, path, cancellationToken);
        }

        public void Mark(string work) => session.Mark(work);

        public IReadOnlyList<string> TakeQueryIds() => session.TakeQueryIds();

        public Task BeginAsync(CancellationToken cancellationToken)
        {
            owner.Count();
            return session.BeginAsync(cancellationToken);
        }

        public Task BeginReadAsync(CancellationToken cancellationToken)
        {
            owner.Count();
            return session.BeginReadAsync(cancellationToken);
        }

        public Task CommitAsync(CancellationToken cancellationToken)
        {
            owner.Count();
            return session.CommitAsync(cancellationToken);
        }

        public Task RollbackAsync() => session.RollbackAsync();

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}

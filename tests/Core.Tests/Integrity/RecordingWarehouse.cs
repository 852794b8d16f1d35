using System.Collections.Concurrent;
using System.Data.Common;
using LoyaltyPipeline.Core.Delivery.Unloading;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>A warehouse that keeps the queries asked of it.</summary>
/// <param name="warehouse">The warehouse itself.</param>
internal sealed class RecordingWarehouse(IWarehouse warehouse) : IWarehouse
{
    private readonly ConcurrentQueue<string> _queries = new();

    public SqlDialect Dialect => warehouse.Dialect;

    public string Location => warehouse.Location;

    /// <summary>The queries so far.</summary>
    public IReadOnlyCollection<string> Queries => _queries;

    public async Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken) => new Session(await warehouse.OpenSessionAsync(cancellationToken), _queries);

    public void Announce(RunHolder? holder) => warehouse.Announce(holder);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Session(IWarehouseSession session, ConcurrentQueue<string> queries) : IWarehouseSession
    {
        public SqlDialect Dialect => session.Dialect;

        public Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken) => session.ExecuteAsync(sql, parameters, cancellationToken);

        public Task<DbDataReader> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
        {
            queries.Enqueue(sql);
            return session.QueryAsync(sql, parameters, cancellationToken);
        }

        public Task<long> UnloadAsync(string query, UnloadFormat format, string path, CancellationToken cancellationToken) => session.UnloadAsync(query, format, path, cancellationToken);

        public Task<long> LoadAsync(string table, IReadOnlyList<string> columns, string path, CancellationToken cancellationToken) => session.LoadAsync(table, columns, path, cancellationToken);

        public void Mark(string work) => session.Mark(work);

        public IReadOnlyList<string> TakeQueryIds() => session.TakeQueryIds();

        public Task BeginAsync(CancellationToken cancellationToken) => session.BeginAsync(cancellationToken);

        public Task BeginReadAsync(CancellationToken cancellationToken) => session.BeginReadAsync(cancellationToken);

        public Task CommitAsync(CancellationToken cancellationToken) => session.CommitAsync(cancellationToken);

        public Task RollbackAsync() => session.RollbackAsync();

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}

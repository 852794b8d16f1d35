using System.Data.Common;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>A warehouse that tells what is asked of it before it answers.</summary>
/// <param name="warehouse">The warehouse itself; it stays open.</param>
/// <param name="asked">Hears each statement. Where it throws, that is the answer.</param>
internal sealed class ObservedWarehouse(IWarehouse warehouse, Action<string> asked) : IWarehouse
{
    public SqlDialect Dialect => warehouse.Dialect;

    public string Location => warehouse.Location;

    public bool IsReadOnly => warehouse.IsReadOnly;

    public async Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken) =>
        new Session(await warehouse.OpenSessionAsync(cancellationToken), asked);

    public Task<StorageCompaction> CompactAsync(CancellationToken cancellationToken)
    {
        asked("COMPACT");
        return warehouse.CompactAsync(cancellationToken);
    }

    public Task<WarehouseCopy> CopyAsync(string path, CancellationToken cancellationToken)
    {
        asked("COPY WAREHOUSE");
        return warehouse.CopyAsync(path, cancellationToken);
    }

    public void Announce(RunHolder? holder) => warehouse.Announce(holder);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Session(IWarehouseSession session, Action<string> asked) : IWarehouseSession
    {
        public SqlDialect Dialect => session.Dialect;

        public Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
        {
            asked(sql);
            return session.ExecuteAsync(sql, parameters, cancellationToken);
        }

        public Task<DbDataReader> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
        {
            asked(sql);
            return session.QueryAsync(sql, parameters, cancellationToken);
        }

        public IAsyncEnumerable<DbDataReader> StreamAsync(
            string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
        {
            asked(sql);
            return session.StreamAsync(sql, parameters, cancellationToken);
        }

        public Task<long> UnloadAsync(string query, UnloadFormat format, string path, CancellationToken cancellationToken)
        {
            asked(query);
            return session.UnloadAsync(query, format, path, cancellationToken);
        }

        public Task<long> LoadAsync(string table, IReadOnlyList<string> columns, string path, CancellationToken cancellationToken)
        {
            asked($"COPY {table}");
            return session.LoadAsync(table, columns, path, cancellationToken);
        }

        public void Define(string name, Func<string, string, string?> body) => session.Define(name, body);

        public void Mark(string work) => session.Mark(work);

        public IReadOnlyList<string> TakeQueryIds() => session.TakeQueryIds();

        public Task BeginAsync(CancellationToken cancellationToken)
        {
            asked("BEGIN");
            return session.BeginAsync(cancellationToken);
        }

        public Task BeginReadAsync(CancellationToken cancellationToken)
        {
            asked("BEGIN");
            return session.BeginReadAsync(cancellationToken);
        }

        public Task CommitAsync(CancellationToken cancellationToken)
        {
            asked("COMMIT");
            return session.CommitAsync(cancellationToken);
        }

        public Task RollbackAsync() => session.RollbackAsync();

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}

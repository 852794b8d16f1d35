using System.Data.Common;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Benchmarks.Recording;

/// <summary>A session that keeps what is asked of it.</summary>
internal sealed class RecordingSession(IWarehouseSession session, StatementRecorder recorder, int number) : IWarehouseSession
{
    public SqlDialect Dialect => session.Dialect;

    public Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        recorder.Add(number, StatementKind.Execute, sql, parameters);
        return session.ExecuteAsync(sql, parameters, cancellationToken);
    }

    public Task<DbDataReader> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        recorder.Add(number, StatementKind.Query, sql, parameters);
        return session.QueryAsync(sql, parameters, cancellationToken);
    }

    public IAsyncEnumerable<DbDataReader> StreamAsync(
        string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A merge runs no queries of users.");

    public Task<long> UnloadAsync(string query, UnloadFormat format, string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A merge writes no files.");

    public Task<long> LoadAsync(string table, IReadOnlyList<string> columns, string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A merge reads no files.");

    public void Define(string name, Func<string, string, string?> body) =>
        throw new NotSupportedException("A merge calls no functions.");

    public void Mark(string work) => session.Mark(work);

    public IReadOnlyList<string> TakeQueryIds() => session.TakeQueryIds();

    public Task BeginAsync(CancellationToken cancellationToken)
    {
        recorder.Add(number, StatementKind.Begin);
        return session.BeginAsync(cancellationToken);
    }

    public Task BeginReadAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("A merge reads and writes in one transaction.");

    public Task CommitAsync(CancellationToken cancellationToken)
    {
        recorder.Add(number, StatementKind.Commit);
        return session.CommitAsync(cancellationToken);
    }

    // Only a failing run rolls back; a run that fails is not replayed.
    public Task RollbackAsync() => session.RollbackAsync();

    public ValueTask DisposeAsync()
    {
        recorder.Add(number, StatementKind.Close);
        return session.DisposeAsync();
    }
}

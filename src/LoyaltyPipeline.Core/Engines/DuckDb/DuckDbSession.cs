using System.Data.Common;
using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>A connection to a DuckDB database.</summary>
internal sealed class DuckDbSession(DuckDbDatabase database) : IWarehouseSession
{
    private readonly DuckDBConnection _connection = database.Connect();
    private DuckDBTransaction? _transaction;
    private bool _isReading;
    private int _left;

    public SqlDialect Dialect => DuckDbDialect.Instance;

    /// <summary>For bulk loading, which goes past SQL.</summary>
    public DuckDBConnection Connection => _connection;

    public async Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        database.PrepareLog();
        try
        {
            await using var command = CreateCommand(sql, parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (DuckDBException exception)
        {
            throw DuckDbErrors.OfStatement(database.Location, exception, cancellationToken);
        }
    }

    public async Task<DbDataReader> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        // The reader outlives this method and takes the command with it: a DuckDB command holds nothing but its text.
        var command = CreateCommand(sql, parameters);
        try
        {
            return await command.ExecuteReaderAsync(cancellationToken);
        }
        catch (DuckDBException exception)
        {
            await command.DisposeAsync();
            throw DuckDbErrors.OfStatement(database.Location, exception, cancellationToken);
        }
    }

    public async IAsyncEnumerable<DbDataReader> StreamAsync(
        string sql, IReadOnlyList<object?> parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = CreateCommand(sql, parameters);
        command.UseStreamingMode = true;
        // The engine makes rows while they are read: it has to be told there too.
        await using var interruption = cancellationToken.Register(command.Cancel);
        await using var reader = await AnswerAsync(() => command.ExecuteReaderAsync(cancellationToken), sql, cancellationToken);
        while (await AnswerAsync(() => reader.ReadAsync(cancellationToken), sql, cancellationToken))
            yield return reader;
    }

    public Task<long> UnloadAsync(string query, UnloadFormat format, string path, CancellationToken cancellationToken) =>
        DuckDbUnload.RunAsync(this, query, format, path, cancellationToken);

    public Task<long> LoadAsync(string table, IReadOnlyList<string> columns, string path, CancellationToken cancellationToken) =>
        ExecuteAsync(
            $"""
            COPY {table} ({SqlText.List(columns)})
            FROM {EnginePath.Literal(path)} ({DuckDbCopy.Options(UnloadFormat.Loadable)}, ALLOW_QUOTED_NULLS false)
            """,
            [],
            cancellationToken);

    public void Define(string name, Func<string, string, string?> body) => database.Define(name, body);

    // Nobody can look into the database beside this process.
    public void Mark(string work)
    {
    }

    public IReadOnlyList<string> TakeQueryIds() => [];

    public Task BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.DemandFile();
        database.PrepareLog();
        try
        {
            _transaction = _connection.BeginTransaction();
            return Task.CompletedTask;
        }
        catch (DuckDBException exception)
        {
            throw DuckDbErrors.OfStatement(database.Location, exception, cancellationToken);
        }
    }

    public async Task BeginReadAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(Dialect.BeginRead, [], cancellationToken);
        _isReading = true;
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.DemandFile();
        // Another session may have emptied it meanwhile, and with that removed it.
        database.PrepareLog();
        try
        {
            await _transaction!.CommitAsync(CancellationToken.None);
        }
        catch (DuckDBException exception)
        {
            throw DuckDbErrors.OfStatement(database.Location, exception, cancellationToken);
        }

        await _transaction.DisposeAsync();
        _transaction = null;
    }

    public async Task RollbackAsync()
    {
        if (_isReading)
        {
            _isReading = false;
            await EndReadingAsync();
        }

        if (_transaction is null)
            return;
        var transaction = _transaction;
        _transaction = null;
        try
        {
            await transaction.DisposeAsync();
        }
        catch (DuckDBException exception) when (DuckDbErrors.HasStopped(exception))
        {
            // Nothing of it is left. The failure that stopped the engine comes first, and every statement from here on says it.
        }
        catch (DuckDBException exception)
        {
            throw DuckDbErrors.OfStatement(database.Location, exception, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RollbackAsync();
        await _connection.DisposeAsync();
        if (Interlocked.Exchange(ref _left, 1) == 0)
            database.Leave();
    }

    private async Task<T> AnswerAsync<T>(Func<Task<T>> work, string sql, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (DuckDBException exception)
        {
            var failure = DuckDbErrors.OfStatement(database.Location, exception, cancellationToken);
            throw failure is LoyaltyException { Definition: var why } && why == LoyaltyErrors.QueryFailed
                ? DuckDbErrors.OfQuery(exception.Message, sql)
                : failure;
        }
    }

    private async Task EndReadingAsync()
    {
        try
        {
            await ExecuteAsync("ROLLBACK", [], CancellationToken.None);
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.WarehouseStopped)
        {
            // It ended with the engine.
        }
    }

    private DuckDBCommand CreateCommand(string sql, IReadOnlyList<object?> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in parameters)
            command.Parameters.Add(new DuckDBParameter(value ?? DBNull.Value));
        return command;
    }
}

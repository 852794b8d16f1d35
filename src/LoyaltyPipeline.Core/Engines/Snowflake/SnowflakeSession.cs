using System.Data.Common;
using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>A session with Snowflake. It is one from start to end: temporary tables and transactions belong to it.</summary>
internal sealed class SnowflakeSession : IWarehouseSession
{
    private const int ReadAttempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly SnowflakeWarehouse _warehouse;
    private readonly DbConnection _connection;
    private readonly SnowflakeErrors _errors;
    private readonly List<string> _queryIds = [];
    private DbTransaction? _transaction;
    private string? _mark;

    private SnowflakeSession(SnowflakeWarehouse warehouse, DbConnection connection, SnowflakeErrors errors)
    {
        _warehouse = warehouse;
        _connection = connection;
        _errors = errors;
    }

    public SqlDialect Dialect => SnowflakeDialect.Instance;

    /// <summary>
    /// Makes a session of an open connection: one that speaks of times in UTC, however the account is set, and whose statements end where
    /// nobody waits for them any more.
    /// </summary>
    public static async Task<SnowflakeSession> StartAsync(
        SnowflakeWarehouse warehouse, DbConnection connection, SnowflakeErrors errors, AccountSettings settings,
        CancellationToken cancellationToken)
    {
        var session = new SnowflakeSession(warehouse, connection, errors);
        await session.RunAsync(
            $"""
            ALTER SESSION SET TIMEZONE = 'UTC', TIMESTAMP_TYPE_MAPPING = 'TIMESTAMP_NTZ',
                TIMESTAMP_NTZ_OUTPUT_FORMAT = 'YYYY-MM-DD HH24:MI:SS', DATE_OUTPUT_FORMAT = 'YYYY-MM-DD',
                STATEMENT_TIMEOUT_IN_SECONDS = {Seconds(settings.StatementTimeout)}, LOCK_TIMEOUT = {Seconds(settings.LockTimeout)},
                CLIENT_SESSION_KEEP_ALIVE = TRUE, ABORT_DETACHED_QUERY = TRUE, QUERY_TAG = 'LoyaltyPipeline'
            """,
            [],
            (command, token) => command.ExecuteNonQueryAsync(token),
            cancellationToken);
        return session;
    }

    public async Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        RefuseDdlInTransaction(sql);
        await TagAsync(cancellationToken);
        return await AnswerAsync(
            () => RunAsync(sql, parameters, (command, token) => command.ExecuteNonQueryAsync(token), cancellationToken), cancellationToken);
    }

    public async Task<DbDataReader> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        await TagAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunAsync(sql, parameters, (command, token) => command.ExecuteReaderAsync(token), cancellationToken);
            }
            catch (Exception exception) when (IsOfDriver(exception))
            {
                // Outside a transaction a query that got no answer may be asked again: it changes nothing.
                if (attempt == ReadAttempts || _transaction is not null || !new SnowflakeFailure(exception).IsConnectionLost
                    || cancellationToken.IsCancellationRequested)
                    throw _errors.OfStatement(exception, cancellationToken);
            }

            await Task.Delay(Pause * attempt, cancellationToken);
        }
    }

    public async IAsyncEnumerable<DbDataReader> StreamAsync(
        string sql, IReadOnlyList<object?> parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await OfUserAsync(() => QueryAsync(sql, parameters, cancellationToken));
        while (await OfUserAsync(() => AnswerAsync(() => reader.ReadAsync(cancellationToken), cancellationToken)))
            yield return reader;
    }

    public async Task<long> UnloadAsync(string query, UnloadFormat format, string path, CancellationToken cancellationToken)
    {
        await using var reader = await QueryAsync(query, [], cancellationToken);
        return await AnswerAsync(() => SnowflakeUnload.WriteAsync(reader, format, path, cancellationToken), cancellationToken);
    }

    public async Task<long> LoadAsync(string table, IReadOnlyList<string> columns, string path, CancellationToken cancellationToken)
    {
        var load = new SnowflakeLoad(table, columns, path);
        await TagAsync(cancellationToken);
        try
        {
            return await AnswerAsync(
                async () =>
                {
                    // The driver copies files on the calling thread only.
                    await RunAsync(load.Put, [], (command, token) => Task.Run(command.ExecuteNonQuery, token), cancellationToken);
                    return (long)await RunAsync(load.Copy, [], (command, token) => command.ExecuteNonQueryAsync(token), cancellationToken);
                },
                cancellationToken);
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed
            || failure.Definition == LoyaltyErrors.QueryCancelled)
        {
            await TryRemoveAsync(load);
            throw;
        }
    }

    public void Mark(string work) => _mark = work;

    public IReadOnlyList<string> TakeQueryIds()
    {
        string[] ids = [.. _queryIds];
        _queryIds.Clear();
        return ids;
    }

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await TagAsync(cancellationToken);
        _transaction = await AnswerAsync(() => Task.Run(_connection.BeginTransaction, cancellationToken), cancellationToken);
    }

    // What Snowflake shows is of the moment of each statement; nothing that is written in such a transaction stays.
    public Task BeginReadAsync(CancellationToken cancellationToken) => BeginAsync(cancellationToken);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_warehouse.Holder is { } holder)
            await LockRow.ConfirmAsync(this, holder, cancellationToken);
        await AnswerAsync(
            async () =>
            {
                await _transaction!.CommitAsync(CancellationToken.None);
                return 0;
            },
            CancellationToken.None);
        await EndTransactionAsync();
    }

    public async Task RollbackAsync()
    {
        if (_transaction is null)
            return;
        try
        {
            // By its own words: the driver takes a transaction whose commit got no answer for ended, and its locks would stay.
            await RunAsync("ROLLBACK", [], (command, token) => command.ExecuteNonQueryAsync(token), CancellationToken.None);
        }
        catch (Exception exception) when (IsOfDriver(exception))
        {
            var failure = new SnowflakeFailure(exception);
            // A transaction ends with its session.
            if (!failure.IsSessionLost && !failure.IsConnectionLost)
                throw _errors.OfStatement(exception, CancellationToken.None);
        }
        finally
        {
            await EndTransactionAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RollbackAsync();
        await _connection.DisposeAsync();
    }

    private static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);

    private static bool IsOfDriver(Exception exception) => exception is not LoyaltyException and not OutOfMemoryException;

    // It would commit what has been written so far.
    private void RefuseDdlInTransaction(string sql)
    {
        if (_transaction is not null
            && (sql.StartsWith("CREATE", StringComparison.Ordinal) || sql.StartsWith("ALTER", StringComparison.Ordinal)
                || sql.StartsWith("DROP", StringComparison.Ordinal)))
            throw new InvalidOperationException($"DDL in a transaction commits it: {sql}");
    }

    // Not within a transaction, which must hold nothing but its own statements.
    private async Task TagAsync(CancellationToken cancellationToken)
    {
        if (_mark is not { } mark || _transaction is not null)
            return;
        _mark = null;
        await AnswerAsync(
            () => RunAsync(
                $"ALTER SESSION SET QUERY_TAG = {SqlText.Quote($"LoyaltyPipeline {mark}")}", [],
                (command, token) => command.ExecuteNonQueryAsync(token), cancellationToken), cancellationToken);
        _queryIds.Clear();
    }

    private async Task<T> RunAsync<T>(
        string sql, IReadOnlyList<object?> parameters, Func<DbCommand, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        // A reader outlives this method and takes what it needs of the command with it.
        var command = SnowflakeCommand.Create(_connection, _transaction, sql, parameters);
        await using var cancellation = cancellationToken.Register(command.Cancel);
        try
        {
            return await run(command, cancellationToken);
        }
        finally
        {
            if (SnowflakeCommand.QueryIdOf(command) is { } id)
                _queryIds.Add(id);
        }
    }

    // A file that was loaded is gone from the stage; one that was not would lie there for ever.
    private async Task TryRemoveAsync(SnowflakeLoad load)
    {
        try
        {
            await ExecuteAsync(load.Remove, [], CancellationToken.None);
        }
        catch (LoyaltyException)
        {
            // Why it was not loaded comes first; the stage is the user's own.
        }
    }

    private static async Task<T> OfUserAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed)
        {
            throw SnowflakeErrors.OfQuery(failure.Message);
        }
    }

    private async Task<T> AnswerAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (IsOfDriver(exception))
        {
            throw _errors.OfStatement(exception, cancellationToken);
        }
    }

    private async Task EndTransactionAsync()
    {
        var transaction = _transaction;
        _transaction = null;
        if (transaction is null)
            return;
        try
        {
            await transaction.DisposeAsync();
        }
        catch (Exception exception) when (IsOfDriver(exception))
        {
            // It has ended: by COMMIT, by ROLLBACK, or with its session.
        }
    }
}

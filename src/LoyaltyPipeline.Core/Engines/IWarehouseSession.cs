using System.Data.Common;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>One session of a warehouse. Not for use by two threads at once.</summary>
public interface IWarehouseSession : IAsyncDisposable
{
    /// <summary>What the engine can do.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">The statement, with <c>?</c> for parameters.</param>
    /// <param name="parameters">The values, in order; null for NULL.</param>
    /// <param name="cancellationToken">Cancels the statement within about a second.</param>
    /// <returns>Rows affected; -1 where the engine does not say.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>QueryFailed</c>.</exception>
    Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken);

    /// <summary>Runs a query.</summary>
    /// <param name="sql">The query, with <c>?</c> for parameters.</param>
    /// <param name="parameters">The values, in order; null for NULL.</param>
    /// <param name="cancellationToken">Cancels the query within about a second.</param>
    /// <returns>The reader, to be disposed before the next statement.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>QueryFailed</c>.</exception>
    Task<DbDataReader> QueryAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken);

    /// <summary>Runs a query that a user wrote. Its rows are made as they are read, and whoever reads no further ends it.</summary>
    /// <param name="sql">The query, with the dialect's placeholders for parameters.</param>
    /// <param name="parameters">The values, in order; null for NULL.</param>
    /// <param name="cancellationToken">Cancels the query within about a second, also while it makes rows.</param>
    /// <returns>The reader at each row; other statements wait until all rows are read. Where there is no row, the reader is not
    /// seen.</returns>
    /// <exception cref="StatementException">The engine says that it cannot be run, or what it fails on.</exception>
    IAsyncEnumerable<DbDataReader> StreamAsync(string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the rows of a query into a local file, in the order of the query; equal rows give equal bytes. Times are written as ISO 8601
    /// in UTC.
    /// </summary>
    /// <param name="path">The file, which is made.</param>
    /// <param name="cancellationToken">Cancels the query within about a second.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>QueryFailed</c>.</exception>
    Task<long> UnloadAsync(string query, UnloadFormat format, string path, CancellationToken cancellationToken);

    /// <summary>Adds the rows of a local file to a table, all of them or none.</summary>
    /// <param name="columns">The columns of the file, in its order.</param>
    /// <param name="path">The file, as <see cref="UnloadAsync"/> writes <see cref="UnloadFormat.Loadable"/>.</param>
    /// <param name="cancellationToken">Cancels the load within about a second.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>QueryFailed</c>.</exception>
    Task<long> LoadAsync(string table, IReadOnlyList<string> columns, string path, CancellationToken cancellationToken);

    /// <summary>Lets statements of the warehouse call a function of this process, where the dialect says that they can.</summary>
    /// <param name="name">Its name in statements; always the same function has it.</param>
    /// <param name="body">Makes a text, or null for NULL, of two texts. It is called by many threads and throws nothing; where either
    /// text is NULL so is the result, without a call.</param>
    void Define(string name, Func<string, string, string?> body) =>
        throw new NotSupportedException($"{Dialect.Engine} calls no functions of this process.");

    /// <summary>Says what the next statements are for, to those who watch the engine; where it shows nothing, nothing happens.</summary>
    /// <param name="work">Run and step, without personal data.</param>
    void Mark(string work);

    /// <summary>Takes the engine's ids of the statements that were run since this was last asked.</summary>
    /// <returns>The ids, in order; none where the engine has none.</returns>
    IReadOnlyList<string> TakeQueryIds();

    /// <summary>Begins a transaction. DDL comes before it: on some engines DDL commits.</summary>
    /// <returns>When it has begun.</returns>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Begins a transaction that reads one state of the warehouse, whatever others write meanwhile, and can write nothing. A rollback ends
    /// it.
    /// </summary>
    /// <returns>When it has begun.</returns>
    Task BeginReadAsync(CancellationToken cancellationToken);

    /// <summary>Commits the transaction.</summary>
    /// <returns>When it is durable.</returns>
    Task CommitAsync(CancellationToken cancellationToken);

    /// <summary>Rolls the transaction back, if one is open.</summary>
    /// <returns>When nothing of it is left.</returns>
    Task RollbackAsync();
}

using DuckDB.NET.Data;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Sessions;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>Where a statement runs.</summary>
/// <param name="queryId">The statement's id.</param>
/// <param name="binds">What its question marks stand for.</param>
internal sealed class StatementContext(
    SnowflakeEngine engine, Session session, string queryId, IReadOnlyList<Bind> binds, CancellationToken cancellationToken)
{
    /// <summary>The server.</summary>
    public SnowflakeEngine Engine => engine;

    public Session Session => session;

    /// <summary>The statement's id.</summary>
    public string QueryId => queryId;

    /// <summary>Stops it.</summary>
    public CancellationToken CancellationToken { get; private set; } = cancellationToken;

    /// <summary>Puts a part of a statement into DuckDB's words.</summary>
    /// <param name="names">What its names mean; null for what they mean in the session.</param>
    /// <param name="usingIsFrom">Whether USING is followed by a table.</param>
    /// <returns>The part, and the tables that it reads.</returns>
    public (List<Token> Tokens, List<ObjectName> Tables) Translate(
        IReadOnlyList<Token> tokens, INameScope? names = null, bool usingIsFrom = false) =>
        NameRewriter.Rewrite(ExpressionRewriter.Rewrite(tokens, session), names ?? session, usingIsFrom);

    /// <summary>Runs a query in DuckDB's words.</summary>
    public ResultSet Query(DuckDbStatement statement) =>
        Run(() => session.Connection.Query(statement.Sql, Values(statement), CancellationToken));

    /// <summary>Runs a query in DuckDB's words.</summary>
    public ResultSet Query(string sql, params object[] values) => Run(() => session.Connection.Query(sql, values, CancellationToken));

    /// <summary>Runs a statement in DuckDB's words.</summary>
    public long Execute(DuckDbStatement statement) =>
        Run(() => session.Connection.Execute(statement.Sql, Values(statement), CancellationToken));

    /// <summary>Runs a statement in DuckDB's words.</summary>
    public long Execute(string sql) => Run(() => session.Connection.Execute(sql, [], CancellationToken));

    /// <summary>The text that is bound to a question mark.</summary>
    public string TextOf(Token parameter) =>
        binds[int.Parse(parameter.Value, System.Globalization.CultureInfo.InvariantCulture)].Value ?? string.Empty;

    /// <summary>Does the work of a statement in the session's transaction, or in one of its own.</summary>
    /// <param name="tables">The tables that it names.</param>
    /// <param name="changes">The table that it changes; null where it changes none.</param>
    /// <param name="locks">Whether nobody else may change rows of that table until the transaction ends.</param>
    /// <param name="work">The work, which may be done again.</param>
    public void Work(IReadOnlyList<ObjectName> tables, ObjectName? changes, bool locks, Action work)
    {
        var transaction = session.Transaction;
        try
        {
            if (changes is not null && locks && !session.IsTemporary(changes))
                engine.Locks.Acquire(changes, session, queryId, CancellationToken);
            transaction.Prepare(tables);
            transaction.Run(work, tables, changes is null ? [] : [changes]);
            if (!transaction.IsOpen)
                transaction.Commit();
        }
        catch
        {
            if (!transaction.IsOpen)
                transaction.Rollback();
            throw;
        }
        finally
        {
            if (!transaction.IsOpen)
                engine.Locks.Release(session);
            // The work can be done again after the statement is over, and then nobody waits to cancel it.
            CancellationToken = CancellationToken.None;
        }
    }

    private T Run<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (DuckDBException exception)
        {
            CancellationToken.ThrowIfCancellationRequested();
            throw DuckDbErrors.Translate(exception);
        }
    }

    private List<object> Values(DuckDbStatement statement) => [.. statement.Parameters.Select(Value)];

    private object Value(int parameter) => parameter < binds.Count
        ? binds[parameter].ToDuckDb()
        : throw new SnowflakeError("002049", "42601", $"SQL compilation error:\nBind variable ? not set.");
}

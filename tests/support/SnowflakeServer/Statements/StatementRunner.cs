using System.Globalization;
using DuckDB.NET.Data;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Faults;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Sessions;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>Runs what clients send.</summary>
internal static class StatementRunner
{
    /// <summary>Runs a text in a session.</summary>
    /// <param name="queryId">The id of the text.</param>
    /// <returns>What each of its statements yields.</returns>
    /// <exception cref="SnowflakeError">One failed; those before it are done.</exception>
    public static IReadOnlyList<StatementResult> Run(
        SnowflakeEngine engine, Session session, StatementRequest request, string queryId, CancellationToken cancellationToken)
    {
        lock (session.Gate)
        {
            var recorded = new RecordedStatement(
                session.Id, queryId, request.Text, request.Binds, request.QueryTag ?? session.Parameters["QUERY_TAG"]);
            engine.Record(recorded);
            try
            {
                if (session.IsOver)
                    throw SnowflakeError.SessionGone();
                var fault = engine.Faults.Meet(request.Text);
                var results = RunAll(engine, session, request, queryId, fault, cancellationToken);
                return fault == FaultKind.NetworkCutAfter ? throw new NetworkCutException(results) : results;
            }
            catch (SnowflakeError error)
            {
                error.QueryId ??= queryId;
                recorded.ErrorCode = error.Code;
                if (error.Code == SnowflakeError.SessionGone().Code)
                    End(engine, session);
                throw;
            }
            finally
            {
                session.QueryIds.Add(queryId);
            }
        }
    }

    private static void End(SnowflakeEngine engine, Session session)
    {
        session.Transaction.Rollback();
        engine.Locks.Release(session);
    }

    private static List<StatementResult> RunAll(
        SnowflakeEngine engine, Session session, StatementRequest request, string queryId, FaultKind? fault,
        CancellationToken cancellationToken)
    {
        var statements = StatementParser.Split(Tokenizer.Tokenize(request.Text));
        if (statements.Count == 0)
            throw new SnowflakeError("000900", "42601", "SQL compilation error:\nEmpty SQL statement.");
        var wanted = request.StatementCount ?? int.Parse(session.Parameters["MULTI_STATEMENT_COUNT"], CultureInfo.InvariantCulture);
        if (wanted != 0 && wanted != statements.Count)
            throw new SnowflakeError(
                "000008", "0A000", $"Actual statement count {statements.Count} did not match the desired statement count {wanted}.");
        var results = new List<StatementResult>();
        foreach (var statement in statements)
            results.Add(
                RunOne(
                    engine, session, statement, statements.Count == 1 ? queryId : QueryIds.New(), request.Binds, fault, cancellationToken));
        return results;
    }

    private static StatementResult RunOne(
        SnowflakeEngine engine, Session session, List<Token> tokens, string queryId, IReadOnlyList<Bind> binds, FaultKind? fault,
        CancellationToken cancellationToken)
    {
        var seconds = session.Parameters.StatementTimeout;
        using var timeout = new CancellationTokenSource(seconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, session.Ending);
        try
        {
            FaultPlan.Before(fault, session, either.Token);
            var statement = StatementParser.Parse(tokens);
            var data = statement.Execute(new StatementContext(engine, session, queryId, binds, either.Token));
            engine.Keep(queryId, data);
            return new StatementResult(statement.Type, data) { QueryId = queryId };
        }
        catch (OperationCanceledException)
        {
            throw timeout.IsCancellationRequested ? SnowflakeError.StatementTimeout(seconds) : SnowflakeError.Cancelled();
        }
        catch (DuckDBException exception)
        {
            throw DuckDbErrors.Translate(exception);
        }
        catch (SnowflakeError error)
        {
            error.QueryId ??= queryId;
            throw;
        }
    }
}

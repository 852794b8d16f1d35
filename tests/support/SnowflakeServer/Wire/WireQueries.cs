using System.Collections.Concurrent;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Sessions;
using LoyaltyPipeline.SnowflakeSupport.Stages;
using LoyaltyPipeline.SnowflakeSupport.Statements;
using LoyaltyPipeline.SnowflakeSupport.Translation;
using Microsoft.AspNetCore.Http;

namespace LoyaltyPipeline.SnowflakeSupport.Wire;

/// <summary>The statements that came over the wire.</summary>
/// <param name="patience">How long a request waits for its statement before the client is told to ask again.</param>
internal sealed class WireQueries(SnowflakeEngine engine, TimeSpan patience) : IDisposable
{
    private readonly ConcurrentDictionary<string, WireQuery> _queries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StatementResult> _parts = new(StringComparer.Ordinal);

    /// <summary>Runs a text.</summary>
    public async Task<object> StartAsync(HttpContext context, WireSession wire)
    {
        var body = await WireRequests.ReadAsync(context.Request);
        var request = WireRequests.Statement(body);
        var requestId = context.Request.Query["requestId"].ToString();
        // A client that got no answer asks again under the same id: what was run is not run twice.
        if (_queries.Values.FirstOrDefault(earlier => earlier.RequestId == requestId && earlier.Known is not null) is { } known)
            return WireReplies.Results(known.Known!, known.QueryId, wire.Session);
        var query = new WireQuery(QueryIds.New(), requestId);
        if (TryReadTransfer(request.Text) is { } transfer)
            return Transfer(transfer, wire.Session, request, query.QueryId);
        _queries[query.QueryId] = query;
        query.Running = Task.Run(() => Run(wire, request, query));
        if (WireRequests.Text(body, "asyncExec") != "true")
            return await WaitAsync(query, wire.Session);
        return WireReplies.InProgress(query.QueryId, isAsync: true);
    }

    /// <summary>Cancels a text by the id that the client gave it.</summary>
    public async Task<object> AbortAsync(HttpContext context, WireSession wire)
    {
        var requestId = WireRequests.Text(await WireRequests.ReadAsync(context.Request), "requestId");
        var query = _queries.Values.FirstOrDefault(candidate => candidate.RequestId == requestId && !candidate.Running.IsCompleted);
        if (query is null)
            throw new SnowflakeError(
                "000605", "02000", $"Identified SQL statement is not currently executing in session {wire.Session.Id}.");
        await query.Cancellation.CancelAsync();
        return WireReplies.Success();
    }

    /// <summary>The result of a text, or of one of its statements.</summary>
    public async Task<object> ResultAsync(HttpContext context, WireSession wire)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (_parts.TryGetValue(id, out var part))
            return WireReplies.Result(part, wire.Session);
        return _queries.TryGetValue(id, out var query)
            ? await WaitAsync(query, wire.Session)
            : throw new SnowflakeError("000709", "02000", $"Statement {id} not found");
    }

    /// <summary>How a text is doing.</summary>
    public object Status(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var query = _queries.GetValueOrDefault(id);
        var error = query?.Running.Exception?.GetBaseException() as SnowflakeError;
        var status = query is null ? "NO_DATA" : !query.Running.IsCompleted ? "RUNNING" : error is null ? "SUCCESS" : "FAILED_WITH_ERROR";
        return WireReplies.Success(
            new
            {
                queries = query is null
                ? []
                : new[] { new { id, status, state = status, errorCode = error?.Code, errorMessage = error?.Message } }
            });
    }

    /// <summary>Cancels what still runs.</summary>
    public void Dispose()
    {
        foreach (var query in _queries.Values)
        {
            query.Cancellation.Cancel();
            ((Task)query.Running)
                .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .Wait(TimeSpan.FromSeconds(10));
            query.Dispose();
        }
    }

    private static TransferStatement? TryReadTransfer(string text)
    {
        var tokens = Tokenizer.Tokenize(text);
        return tokens.Count > 0 && tokens[0].Is("PUT", "GET")
            ? (TransferStatement)StatementParser.Parse([.. tokens.Where(token => !token.IsSymbol(";"))])
            : null;
    }

    private object Transfer(TransferStatement transfer, Session session, StatementRequest request, string queryId)
    {
        engine.Record(
            new RecordedStatement(session.Id, queryId, request.Text, request.Binds, request.QueryTag ?? session.Parameters["QUERY_TAG"]));
        var stage = engine.Stages.Find(session, transfer.Location);
        Directory.CreateDirectory(stage.FullPath(stage.Path));
        return WireReplies.Transfer(transfer, stage, queryId);
    }

    private IReadOnlyList<StatementResult> Run(WireSession wire, StatementRequest request, WireQuery query)
    {
        try
        {
            var results = StatementRunner.Run(engine, wire.Session, request, query.QueryId, query.Cancellation.Token);
            if (results.Count > 1)
            {
                foreach (var result in results)
                    _parts[result.QueryId] = result;
            }

            return results;
        }
        catch (SnowflakeError error) when (error.Code == SnowflakeError.SessionExpired().Code)
        {
            // The client renews its token and sends the statement again: over the wire the session lives on.
            wire.Session.IsOver = false;
            wire.IsExpired = true;
            throw;
        }
    }

    private async Task<object> WaitAsync(WireQuery query, Session session)
    {
        try
        {
            return WireReplies.Results(await query.Running.WaitAsync(patience), query.QueryId, session);
        }
        catch (TimeoutException)
        {
            return WireReplies.InProgress(query.QueryId, isAsync: false);
        }
    }
}

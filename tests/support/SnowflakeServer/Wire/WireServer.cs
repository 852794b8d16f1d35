using System.Collections.Concurrent;
using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoyaltyPipeline.SnowflakeSupport.Wire;

/// <summary>The server on loopback, for Snowflake's own driver: HTTP with JSON.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly SnowflakeEngine _engine;
    private readonly WireQueries _queries;
    private readonly ConcurrentDictionary<long, WireSession> _sessions = new();
    private readonly WebApplication _application;

    private WireServer(SnowflakeEngine engine, TimeSpan patience)
    {
        _engine = engine;
        _queries = new WireQueries(engine, patience);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        Map();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address =>
        new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts it.</summary>
    /// <param name="engine">What it gives access to.</param>
    /// <param name="patience">How long a request waits for its statement before the client is told to ask again.</param>
    public static async Task<WireServer> StartAsync(SnowflakeEngine engine, TimeSpan patience)
    {
        var server = new WireServer(engine, patience);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _queries.Dispose();
    }

    private void Map()
    {
        Post("/session/v1/login-request", LoginAsync);
        Post("/session/token-request", Renew);
        Post("/session/heartbeat", context => Answer(Find(context), _ => WireReplies.Success()));
        Post("/session", context => Answer(Find(context, mayBeExpired: true), Logout));
        Post("/queries/v1/query-request", context => _queries.StartAsync(context, Find(context)));
        Post("/queries/v1/abort-request", context => _queries.AbortAsync(context, Find(context, mayBeExpired: true)));
        Post("/telemetry/send", _ => Task.FromResult(WireReplies.Success()));
        Get("/queries/{id}/result", context => _queries.ResultAsync(context, Find(context)));
        Get("/monitoring/queries/{id}", context => Answer(Find(context), _ => _queries.Status(context)));
    }

    private void Post(string path, Func<HttpContext, Task<object>> answer) =>
        _application.MapPost(path, context => AnswerAsync(context, answer));

    private void Get(string path, Func<HttpContext, Task<object>> answer) =>
        _application.MapGet(path, context => AnswerAsync(context, answer));

    private static Task<object> Answer(WireSession session, Func<WireSession, object> answer) => Task.FromResult(answer(session));

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, Task<object>> answer)
    {
        object reply;
        try
        {
            reply = await answer(context);
        }
        catch (SnowflakeError error)
        {
            reply = WireReplies.Error(error);
        }
        catch (NotSupportedException limit)
        {
            // An answer without success would make the driver try again for minutes.
            reply = WireReplies.Error(new SnowflakeError("999999", "0A000", limit.Message, limit));
        }
        catch (NetworkCutException)
        {
            context.Abort();
            return;
        }

        await context.Response.WriteAsJsonAsync(reply, context.RequestAborted);
    }

    private async Task<object> LoginAsync(HttpContext context)
    {
        var login = WireRequests.Login(context.Request, await WireRequests.ReadAsync(context.Request));
        var session = new WireSession(_engine.Login(login));
        _sessions[session.Session.Id] = session;
        return WireReplies.Login(session);
    }

    private Task<object> Renew(HttpContext context)
    {
        var token = WireRequests.Token(context.Request);
        var session = _sessions.Values.FirstOrDefault(candidate => candidate.MasterToken == token) ?? throw SnowflakeError.SessionGone();
        session.Renew();
        return Task.FromResult(WireReplies.Renewed(session));
    }

    private object Logout(WireSession session)
    {
        _sessions.TryRemove(session.Session.Id, out _);
        _engine.Logout(session.Session);
        return WireReplies.Success();
    }

    private WireSession Find(HttpContext context, bool mayBeExpired = false)
    {
        var token = WireRequests.Token(context.Request);
        var session = _sessions.Values.FirstOrDefault(candidate => candidate.Token == token) ?? throw SnowflakeError.SessionGone();
        return session.IsExpired && !mayBeExpired ? throw SnowflakeError.SessionExpired() : session;
    }
}

using System.Net.Sockets;
using LoyaltyPipeline.S3Support.Http;

namespace LoyaltyPipeline.S3Support;

/// <summary>
/// A connection of a client, with one to the server behind it: passes on requests and answers, one after another, and breaks what is to
/// break.
/// </summary>
/// <param name="proxy">Decides what breaks.</param>
internal sealed class ProxyConnection(FaultProxy proxy, Socket client, Uri server) : IDisposable
{
    private readonly Channel _client = new(client);
    private Channel? _server;

    /// <summary>Serves the client until one of the three ends the connection.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using (this)
        {
            try
            {
                while (await ServeAsync(cancellationToken))
                {
                    // The next request comes on the same connection.
                }
            }
            catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException
                or ObjectDisposedException)
            {
                // Whoever ended the connection, neither side is to take what it got for a whole message.
                _client.Reset();
            }
        }
    }

    public void Dispose()
    {
        _server?.Dispose();
        _client.Dispose();
    }

    // Serves one request; false where the connection ends with it.
    private async Task<bool> ServeAsync(CancellationToken cancellationToken)
    {
        if (await _client.ReadHeadAsync(cancellationToken) is not { } raw)
            return false;
        var request = HttpRequestHead.Parse(raw);
        var fault = proxy.Decide(request);
        if (fault is null)
            return await ForwardAsync(request, null, cancellationToken);

        if (fault.Kind is not (FaultKind.ResetInResponseBody or FaultKind.TruncatedResponse or FaultKind.LostAnswer))
            proxy.Happens(fault.Kind);
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(fault.Delay, cancellationToken);
                return await ForwardAsync(request, null, cancellationToken);
            case FaultKind.ResetInResponseBody or FaultKind.TruncatedResponse or FaultKind.LostAnswer:
                return await ForwardAsync(request, fault, cancellationToken);
            case FaultKind.ResetInRequestBody:
                await BreakRequestAsync(request, fault.Part, cancellationToken);
                break;
            case FaultKind.ResetBeforeResponse:
                await SwallowAsync(request, cancellationToken);
                break;
            case FaultKind.Hang:
                await SwallowAsync(request, cancellationToken);
                await _client.UntilClosedAsync(cancellationToken);
                break;
            default:
                if (fault.Error is { } error)
                    return await AnswerAsync(request, error, cancellationToken);
                break;
        }

        _client.Reset();
        return false;
    }

    private async Task<bool> AnswerAsync(HttpRequestHead request, S3Error error, CancellationToken cancellationToken)
    {
        // A client that waits to be told to go on is told no at once, as servers do. Any other is heard out, or it could miss the answer.
        if (!request.ExpectsContinue)
            await SwallowAsync(request, cancellationToken);
        await _client.WriteAsync(error.ToResponse(withBody: request.Method != "HEAD"), cancellationToken);
        await _client.CloseAsync(cancellationToken);
        return false;
    }

    // Reads a request to its end and passes nothing on.
    private async Task SwallowAsync(HttpRequestHead request, CancellationToken cancellationToken)
    {
        if (request.ExpectsContinue)
            await _client.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken);
        await _client.PumpAsync(request.CreateBody(), null, long.MaxValue, cancellationToken);
    }

    // Passes a part of a request on and then leaves the server waiting for the rest, which never comes.
    private async Task BreakRequestAsync(HttpRequestHead request, double part, CancellationToken cancellationToken)
    {
        var upstream = await ConnectAsync(cancellationToken);
        await upstream.WriteAsync(request.Raw, cancellationToken);
        if (request.ExpectsContinue)
            await _client.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken);
        var body = request.CreateBody();
        await _client.PumpAsync(body, upstream, body.Cut(part), cancellationToken);
        upstream.Reset();
    }

    // Passes a request on and its answer back. The answer is awaited while the request still goes: a server may ask for the body, or refuse
    // it.
    private async Task<bool> ForwardAsync(HttpRequestHead request, Fault? fault, CancellationToken cancellationToken)
    {
        var upstream = await ConnectAsync(cancellationToken);
        await upstream.WriteAsync(request.Raw, cancellationToken);
        var body = request.CreateBody();
        var sending = _client.PumpAsync(body, upstream, long.MaxValue, cancellationToken);
        try
        {
            var response = await FinalHeadAsync(upstream, cancellationToken);
            if (!await ReturnAsync(upstream, request, response, fault, cancellationToken))
                return false;
            if (await EndsAsync(sending, cancellationToken) && request.KeepsAlive && response.KeepsAlive)
                return true;
            if (body.IsDone)
                await _client.CloseAsync(cancellationToken);
            return false;
        }
        finally
        {
            if (!sending.IsCompletedSuccessfully)
            {
                // Nobody waits for the rest of the request: the connections end here, and with them the sending.
                Dispose();
                await sending.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    // Whether a request is soon sent to its end now that its answer is through. A server may answer early, and then hear the rest; a client
    // may then keep the rest for itself, and ends the connection.
    private static async Task<bool> EndsAsync(Task sending, CancellationToken cancellationToken)
    {
        if (!sending.IsCompleted)
            await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(5), cancellationToken));
        return sending.IsCompletedSuccessfully;
    }

    // The head of the answer. What comes before it, such as 100 Continue, is passed on as it comes.
    private async Task<HttpResponseHead> FinalHeadAsync(Channel upstream, CancellationToken cancellationToken)
    {
        while (true)
        {
            var raw = await upstream.ReadHeadAsync(cancellationToken) ?? throw new IOException("The server ended the connection.");
            var response = HttpResponseHead.Parse(raw);
            if (!response.IsInterim)
                return response;
            await _client.WriteAsync(response.Raw, cancellationToken);
        }
    }

    // Passes an answer back, as far as the fault lets it; false where the connection is broken now.
    private async Task<bool> ReturnAsync(
        Channel upstream, HttpRequestHead request, HttpResponseHead response, Fault? fault, CancellationToken cancellationToken)
    {
        var body = response.CreateBody(request.Method);
        if (fault is null)
        {
            await _client.WriteAsync(response.Raw, cancellationToken);
            await upstream.PumpAsync(body, _client, long.MaxValue, cancellationToken);
            return true;
        }

        if (fault.Kind == FaultKind.LostAnswer)
        {
            await upstream.PumpAsync(body, null, long.MaxValue, cancellationToken);
        }
        else
        {
            await _client.WriteAsync(body.IsDone ? response.Raw[..(response.Raw.Length / 2)] : response.Raw, cancellationToken);
            await upstream.PumpAsync(body, _client, body.Cut(fault.Part), cancellationToken);
        }

        proxy.Happens(fault.Kind);
        if (fault.Kind == FaultKind.TruncatedResponse)
            await _client.CloseAsync(cancellationToken);
        else
            _client.Reset();
        return false;
    }

    // The connection to the server is kept as long as the client's. A server may end one that is idle: then there is something to read
    // where nothing was asked.
    private async Task<Channel> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_server is { IsStale: false } kept)
            return kept;
        _server?.Dispose();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _server = new Channel(socket);
        await socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        return _server;
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using LoyaltyPipeline.S3Support.Http;

namespace LoyaltyPipeline.S3Support;

/// <summary>
/// Stands on a loopback port between clients and an S3 server, and lets go wrong what it is told to. A client uses <see cref="Endpoint"/>
/// as if it were the server: what it sends is passed on byte by byte, with the host it signed.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly ConcurrentQueue<HttpRequestHead> _requests = new();
    private readonly int[] _counts = new int[Enum.GetValues<FaultKind>().Length];
    private readonly Uri _server;
    private readonly Task _accepting;
    private FaultDraw _draw = new(FaultPlan.None);

    /// <summary>Starts a proxy that lets nothing go wrong.</summary>
    /// <param name="server">Where requests go; http only.</param>
    public FaultProxy(Uri server)
    {
        if (server.Scheme != Uri.UriSchemeHttp)
            throw new ArgumentException(
                "The proxy reads what it passes on, so it can stand only before a plain http endpoint.", nameof(server));
        _server = server;
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients go.</summary>
    public Uri Endpoint { get; }

    /// <summary>What goes wrong at random. Setting it starts the draw anew.</summary>
    public FaultPlan Plan
    {
        get => _draw.Plan;
        set => _draw = new FaultDraw(value);
    }

    /// <summary>What goes wrong with particular requests; it goes before <see cref="Plan"/>, which decides where it returns null.</summary>
    public Func<HttpRequestHead, Fault?>? Rule { get; set; }

    /// <summary>Answers this to everything; it goes before <see cref="Rule"/>.</summary>
    public S3Error? AnswerAll { get; set; }

    /// <summary>Answers nothing any more; it goes before everything else.</summary>
    public bool Hang { get; set; }

    /// <summary>Every request that came, in that order, with those that came to nothing.</summary>
    public IReadOnlyCollection<HttpRequestHead> Requests => _requests;

    /// <summary>How many faults there were.</summary>
    public int FaultCount => FaultPlan.AllKinds.Sum(Count) + Count(FaultKind.OtherError) + Count(FaultKind.Hang);

    /// <summary>How often a fault happened.</summary>
    /// <param name="kind">The kind of fault.</param>
    public int Count(FaultKind kind) => Volatile.Read(ref _counts[(int)kind]);

    /// <summary>Forgets requests and counts.</summary>
    public void Forget()
    {
        _requests.Clear();
        for (var kind = 0; kind < _counts.Length; kind++)
            Volatile.Write(ref _counts[kind], 0);
    }

    /// <summary>Ends all connections and listens no more.</summary>
    /// <returns>When nothing is left.</returns>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _listener.Dispose();
        _stop.Dispose();
    }

    /// <summary>Notes a request and says what goes wrong with it; null for nothing.</summary>
    internal Fault? Decide(HttpRequestHead request)
    {
        _requests.Enqueue(request);
        if (Hang)
            return Fault.Hang;
        return AnswerAll is { } error ? Fault.Answer(error) : Rule?.Invoke(request) ?? _draw.Next(request.HasBody);
    }

    /// <summary>Counts a fault. It is counted when it is about to happen, so that a client that has met it finds it counted.</summary>
    internal void Happens(FaultKind kind) => Interlocked.Increment(ref _counts[(int)kind]);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                Serve(await _listener.AcceptSocketAsync(_stop.Token));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            // The proxy ends.
        }
    }

    private void Serve(Socket client)
    {
        var connection = new ProxyConnection(this, client, _server).RunAsync(_stop.Token);
        _connections[connection] = 0;
        _ = connection.ContinueWith(
            done => _connections.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}

using System.Net;
using System.Net.Sockets;

namespace LoyaltyPipeline.Core.Tests.Notification;

/// <summary>A web server on loopback that keeps what it is sent, and answers as it is told to, or never.</summary>
internal sealed class LoopbackHttp : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public LoopbackHttp(int status = 200, bool hangs = false)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}/hook/secret-path");
        _listener.Prefixes.Add($"http://127.0.0.1:{Address.Port}/");
        _listener.Start();
        _work = Task.Run(() => ServeAsync(status, hangs));
    }

    public Uri Address { get; }

    public List<(string Body, string? Authorization, string? ContentType)> Requests { get; } = [];

    /// <summary>A port of loopback where nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Close();
        await _work;
        _stop.Dispose();
    }

    private async Task ServeAsync(int status, bool hangs)
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var body = await reader.ReadToEndAsync(_stop.Token);
                lock (Requests)
                    Requests.Add((body, context.Request.Headers["Authorization"], context.Request.ContentType));
                if (hangs)
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                context.Response.StatusCode = status;
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }
}

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LoyaltyPipeline.Core.Tests.Notification;

/// <summary>
/// A mail server on loopback, with STARTTLS or without, that keeps what it is sent. It answers to a command as it is told to, or never.
/// </summary>
internal sealed class LoopbackMail : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private readonly Task _work;

    public LoopbackMail()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _work = ServeAsync();
    }

    public int Port { get; }

    public bool OffersTls { get; init; } = true;

    /// <summary>A command that is never answered; an empty one is the greeting.</summary>
    public string? HangsAt { get; init; }

    /// <summary>What a command is answered in place of what it should be.</summary>
    public (string Command, string Answer)? Refuses { get; init; }

    /// <summary>The commands, each with whether it came encrypted.</summary>
    public List<(string Line, bool IsEncrypted)> Commands { get; } = [];

    public List<string> Mails { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _work;
        _certificate.Dispose();
        _stop.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(connection);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException
                or AuthenticationException)
            {
                // A client that does not trust the certificate, or has given up, is the end of this connection only.
            }
        }
    }

    private async Task TalkAsync(TcpClient connection)
    {
        Stream stream = connection.GetStream();
        try
        {
            await AnswerAsync(stream, string.Empty, "220 loopback");
            while (await ReadLineAsync(stream) is { } line)
            {
                lock (Commands)
                    Commands.Add((line, stream is SslStream));
                var verb = line.Split(' ')[0].ToUpperInvariant();
                await AnswerAsync(stream, verb, AnswerTo(verb, stream is SslStream));
                if (verb == "STARTTLS")
                {
                    var secured = new SslStream(stream);
                    await secured.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                    stream = secured;
                }
                else if (verb == "DATA" && Refuses?.Command != "DATA")
                {
                    var mail = new StringBuilder();
                    while (await ReadLineAsync(stream) is { } text && text != ".")
                        mail.Append(text).Append('\n');
                    lock (Mails)
                        Mails.Add(mail.ToString());
                    await AnswerAsync(stream, ".", "250 kept");
                }
                else if (verb == "QUIT")
                {
                    return;
                }
            }
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private string AnswerTo(string verb, bool isEncrypted) => verb switch
    {
        "EHLO" => $"250-loopback\r\n{(OffersTls && !isEncrypted ? "250-STARTTLS\r\n" : "")}250 AUTH PLAIN",
        "STARTTLS" => "220 go on",
        "AUTH" => "235 welcome",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    private async Task AnswerAsync(Stream stream, string command, string answer)
    {
        if (HangsAt == command)
            await Task.Delay(Timeout.Infinite, _stop.Token);
        if (Refuses is { } refusal && refusal.Command == command)
            answer = refusal.Answer;
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{answer}\r\n"), _stop.Token);
    }

    // Byte by byte: nothing that comes after STARTTLS may be read before.
    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) > 0)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return null;
    }
}

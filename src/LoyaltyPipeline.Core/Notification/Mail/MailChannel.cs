using System.Net.Security;
using System.Net.Sockets;
using LoyaltyPipeline.Core.Configuration.Notify;
using LoyaltyPipeline.Core.Errors;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace LoyaltyPipeline.Core.Notification.Mail;

/// <summary>Tells people by mail.</summary>
internal sealed class MailChannel(MailSettings settings) : INotificationChannel
{
    public string Name => "mail";

    /// <summary>Judges certificates of servers in place of the system; null for the system.</summary>
    public RemoteCertificateValidationCallback? Judge { get; init; }

    public async Task SendAsync(NotificationMessage message, CancellationToken cancellationToken)
    {
        if (settings is { Security: MailSecurity.None, User: not null } or { Security: MailSecurity.None, Password: not null })
            throw LoyaltyErrors.NotificationFailed.Because(
                "Nobody could be told by mail: a password is not sent in the clear; write StartTls or Tls.", Name);
        // Nothing begins that a secret is missing for.
        var password = settings.Password?.Read();
        // As with HTTP: where lists of revoked certificates cannot be reached, a server is not refused for it.
        using var client = new SmtpClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = Judge };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, OptionsOf(settings.Security), cancellationToken);
            if (settings.User is { } user)
                await client.AuthenticateAsync(user, password ?? string.Empty, cancellationToken);
            await client.SendAsync(Compose(message), cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception failure) when (failure is SocketException or IOException or CommandException or ProtocolException
            or AuthenticationException or SslHandshakeException or NotSupportedException)
        {
            throw LoyaltyErrors.NotificationFailed.Because(
                $"Nobody could be told by mail: {settings.Host} port {settings.Port}: {WordsOf(failure)}", Name, cause: failure);
        }
    }

    private static SecureSocketOptions OptionsOf(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        // Not "when available": somebody in between could take the offer away.
        _ => SecureSocketOptions.StartTls,
    };

    // What a server answers may repeat what it was sent; a certificate that is not trusted needs many words.
    private static string WordsOf(Exception failure) => failure switch
    {
        SslHandshakeException => "its certificate is not trusted, or it does not encrypt",
        AuthenticationException => "it does not take user and password",
        SmtpCommandException refused => $"it answers {(int)refused.StatusCode} {refused.ErrorCode}",
        NotSupportedException => "it does not offer what is asked for, such as STARTTLS",
        _ => failure.Message.TrimEnd('.'),
    };

    private MimeMessage Compose(NotificationMessage message)
    {
        var mail = new MimeMessage { Subject = message.Title, Body = new TextPart("plain") { Text = message.Text } };
        mail.From.Add(MailboxAddress.Parse(settings.From));
        mail.To.AddRange(settings.To.Select(MailboxAddress.Parse));
        // So that nobody's automatic answer comes back (RFC 3834).
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }
}

namespace LoyaltyPipeline.Core.Configuration.Notify;

/// <summary>A mail server, and who is written to.</summary>
/// <param name="Host">The server.</param>
/// <param name="Port">Its port.</param>
/// <param name="Security">How the connection is encrypted.</param>
/// <param name="From">The address of the sender.</param>
/// <param name="To">The addresses of those who are told.</param>
/// <param name="User">The user name; null where the server asks for none.</param>
/// <param name="Password">Where the password is.</param>
public sealed record MailSettings(
    string Host, int Port, MailSecurity Security, string From, IReadOnlyList<string> To, string? User, SecretSource? Password);

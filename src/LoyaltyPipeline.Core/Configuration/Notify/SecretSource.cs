using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Configuration.Notify;

/// <summary>Where a secret is: in an environment variable or a file. It never stands in <c>pipeline.yml</c>.</summary>
/// <param name="Variable">The environment variable; null for a file.</param>
/// <param name="File">The file, by its full path; null for a variable.</param>
public sealed record SecretSource(string? Variable, string? File)
{
    /// <summary>The secret, without line ends behind it.</summary>
    /// <exception cref="LoyaltyException"><c>SecretMissing</c>.</exception>
    internal string Read()
    {
        var secret = (Variable is not null ? Environment.GetEnvironmentVariable(Variable) : ReadFile(File!))?.TrimEnd('\r', '\n');
        return string.IsNullOrEmpty(secret)
            ? throw LoyaltyErrors.SecretMissing.Because(
                Variable is not null ? $"The environment variable {Variable} is not set." : $"The file {File} holds nothing.",
                Variable ?? File)
            : secret;
    }

    /// <summary>A secret that is sent in a header.</summary>
    /// <exception cref="LoyaltyException"><c>SecretMissing</c>; <c>SecretInvalid</c>: a header cannot have it.</exception>
    internal string ReadToken()
    {
        var token = Read();
        return token.All(character => character is > ' ' and <= '~')
            ? token
            : throw Invalid("has a line break, a blank or a letter that is not of ASCII, and cannot be sent as a key");
    }

    /// <summary>An address that is a secret.</summary>
    /// <exception cref="LoyaltyException"><c>SecretMissing</c>; <c>SecretInvalid</c>: it is no address.</exception>
    internal Uri ReadAddress()
    {
        var text = Read();
        // Uri would take lines and blanks for a part of the path.
        if (text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
            throw Invalid("has more than one line, or a blank; it is to be one address that begins with http:// or https://");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address.UserInfo.Length == 0 ? address : throw Invalid("has a user name or a password in it, which are not sent")
            : throw Invalid("is no address; it is to begin with http:// or https://");
    }

    private LoyaltyException Invalid(string why) => LoyaltyErrors.SecretInvalid.Because(
        $"What {(Variable is not null ? $"the environment variable {Variable}" : $"the file {File}")} holds {why}.", Variable ?? File);

    private static string ReadFile(string path)
    {
        try
        {
            return Utf8File.Read(path, LoyaltyErrors.SecretMissing);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LoyaltyErrors.SecretMissing.Because($"The file {path} cannot be read: {exception.Message}", path, cause: exception);
        }
    }
}

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

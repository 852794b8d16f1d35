namespace LoyaltyPipeline.S3Support;

/// <summary>There is no server, and this is why.</summary>
/// <param name="message">The reason, as a skipped test tells it.</param>
internal sealed class ServerUnavailableException(string message) : Exception(message);

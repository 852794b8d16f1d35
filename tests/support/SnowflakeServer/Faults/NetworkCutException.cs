namespace LoyaltyPipeline.SnowflakeSupport.Faults;

/// <summary>The connection with the client breaks.</summary>
internal sealed class NetworkCutException() : IOException("The connection was closed by the remote host.");

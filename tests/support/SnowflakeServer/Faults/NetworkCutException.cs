using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Faults;

/// <summary>The connection with the client breaks.</summary>
/// <param name="results">What the client does not hear of; null where nothing was run.</param>
internal sealed class NetworkCutException(IReadOnlyList<StatementResult>? results = null)
    : IOException("The connection was closed by the remote host.")
{
    /// <summary>What the client does not hear of; null where nothing was run.</summary>
    public IReadOnlyList<StatementResult>? Results => results;
}

namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>A statement that the server received.</summary>
/// <param name="SessionId">The session that sent it.</param>
/// <param name="QueryId">The id that it was given.</param>
/// <param name="Binds">What was bound to it, in order.</param>
/// <param name="QueryTag">The tag of the session when it came; empty where there was none.</param>
public sealed record RecordedStatement(long SessionId, string QueryId, string Text, IReadOnlyList<Bind> Binds, string QueryTag)
{
    /// <summary>The code of the error that it ended with; null where it ended well or still runs.</summary>
    public string? ErrorCode { get; internal set; }
}

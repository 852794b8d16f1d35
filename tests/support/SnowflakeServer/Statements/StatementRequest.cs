using LoyaltyPipeline.SnowflakeSupport.Sessions;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>A text that a client sends to be run.</summary>
/// <param name="Binds">What its question marks stand for.</param>
internal sealed record StatementRequest(string Text, IReadOnlyList<Bind> Binds)
{
    /// <summary>How many statements the text has; 0 for any number, null for what the session says.</summary>
    public int? StatementCount { get; init; }

    /// <summary>The tag of this text; null for that of the session.</summary>
    public string? QueryTag { get; init; }
}

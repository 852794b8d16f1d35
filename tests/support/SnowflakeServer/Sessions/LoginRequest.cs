namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>Who wants a session, how that is proven, and where the session begins.</summary>
internal sealed record LoginRequest
{
    public required string Account { get; init; }

    /// <summary>The user; empty where the token says it.</summary>
    public string User { get; init; } = "";

    /// <summary>How it is proven, as Snowflake names it, such as SNOWFLAKE_JWT.</summary>
    public string Authenticator { get; init; } = "SNOWFLAKE";

    public string? Password { get; init; }

    public string? Token { get; init; }

    /// <summary>The database to begin in.</summary>
    public string? Database { get; init; }

    /// <summary>The schema to begin in.</summary>
    public string? Schema { get; init; }

    /// <summary>The role to use.</summary>
    public string? Role { get; init; }

    /// <summary>The virtual warehouse to use.</summary>
    public string? Warehouse { get; init; }
}

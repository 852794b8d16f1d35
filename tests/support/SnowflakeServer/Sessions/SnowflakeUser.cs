namespace LoyaltyPipeline.SnowflakeSupport.Sessions;

/// <summary>A user of the server and what proves that it is the user.</summary>
public sealed record SnowflakeUser(string Name)
{
    /// <summary>The password; null where there is none.</summary>
    public string? Password { get; init; }

    /// <summary>The public key in PEM that signs the user's JSON web tokens; null where there is none.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The programmatic access tokens and OAuth tokens.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>The database that a session begins in where it names none; null for none.</summary>
    public string? DefaultDatabase { get; init; }
}

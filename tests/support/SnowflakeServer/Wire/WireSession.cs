using LoyaltyPipeline.SnowflakeSupport.Sessions;

namespace LoyaltyPipeline.SnowflakeSupport.Wire;

/// <summary>A session as the wire knows it: by its tokens.</summary>
internal sealed class WireSession(Session session)
{
    public Session Session => session;

    /// <summary>The token that statements come with.</summary>
    public string Token { get; private set; } = Guid.NewGuid().ToString("N");

    /// <summary>The token that renews the other.</summary>
    public string MasterToken { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether the token has expired, so that it must be renewed.</summary>
    public bool IsExpired { get; set; }

    /// <summary>Gives it a new token.</summary>
    public void Renew()
    {
        Token = Guid.NewGuid().ToString("N");
        IsExpired = false;
    }
}

namespace LoyaltyPipeline;

/// <summary>Whose systemd runs a job.</summary>
public enum TaskScope
{
    /// <summary>The user's own: it runs while the user is logged in, or always where <c>loginctl enable-linger</c> says so.</summary>
    User,

    /// <summary>The system's.</summary>
    System,
}

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>A user in SUPPRESSION.</summary>
public sealed class SuppressedUser
{
    /// <summary>The user.</summary>
    public long UserId { get; internal init; }

    /// <summary>Why; null where nobody said.</summary>
    public string? Reason { get; internal init; }

    /// <summary>Since when (UTC); null where nobody said.</summary>
    public DateTime? Since { get; internal init; }

    /// <summary>The last day on which it holds, as the time at which it begins; null where it holds for good.</summary>
    public DateTime? Until { get; internal init; }

    /// <summary>Whether it holds today (UTC): deliveries leave the user out.</summary>
    public bool IsCurrent { get; internal init; }

    /// <summary>Whether Master has such a user.</summary>
    public bool IsUser { get; internal init; }
}

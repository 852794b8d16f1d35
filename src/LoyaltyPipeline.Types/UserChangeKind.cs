namespace LoyaltyPipeline;

/// <summary>What became of a user between two days.</summary>
public enum UserChangeKind
{
    /// <summary>Master did not know the user on the earlier day.</summary>
    Inserted,

    /// <summary>Master knows the user on both days.</summary>
    Updated,

    /// <summary>Master does not know the user on the later day.</summary>
    Deleted,
}

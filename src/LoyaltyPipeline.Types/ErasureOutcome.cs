namespace LoyaltyPipeline;

/// <summary>What became of a user who was to be erased.</summary>
public enum ErasureOutcome
{
    /// <summary>It was only planned; nothing was written.</summary>
    Planned,

    /// <summary>The user was erased, and does not come back.</summary>
    Erased,

    /// <summary>The user had been erased before; what had come since, if anything, was removed.</summary>
    AlreadyErased,

    /// <summary>Nothing is held of such a user, who does not come either.</summary>
    NothingHeld,

    /// <summary>The erasure was taken back: the user may come again with the next import or merge.</summary>
    Released,

    /// <summary>The user had not been erased, so that there was nothing to take back.</summary>
    NotErased,
}

namespace LoyaltyPipeline;

/// <summary>Whether the storage of a warehouse still holds bytes of what was deleted.</summary>
public enum StorageCleanup
{
    /// <summary>Nothing was deleted, or the warehouse is in memory.</summary>
    NotNeeded,

    /// <summary>The storage was rebuilt: nothing of it is left there.</summary>
    Done,

    /// <summary>The storage is still to be rebuilt.</summary>
    Due,

    /// <summary>The engine removes it by itself, when its periods for restoring are over.</summary>
    ByEngine,
}

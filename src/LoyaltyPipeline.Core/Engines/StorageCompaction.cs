namespace LoyaltyPipeline.Core.Engines;

/// <summary>What came of rebuilding the storage of a warehouse.</summary>
/// <param name="location">Where the warehouse is.</param>
/// <param name="state">Whether the storage still holds what was deleted.</param>
/// <param name="bytesBefore">Size before; null where the storage is not this machine's.</param>
/// <param name="bytesAfter">Size after; null likewise.</param>
/// <param name="reason">Why it is still due; null where it is not.</param>
public sealed class StorageCompaction(
    string location, StorageCleanup state, long? bytesBefore = null, long? bytesAfter = null, string? reason = null)
{
    /// <summary>Where the warehouse is.</summary>
    public string Location { get; } = location;

    /// <summary>Whether the storage still holds what was deleted.</summary>
    public StorageCleanup State { get; } = state;

    /// <summary>Size before; null where the storage is not this machine's.</summary>
    public long? BytesBefore { get; } = bytesBefore;

    /// <summary>Size after; null where the storage is not this machine's.</summary>
    public long? BytesAfter { get; } = bytesAfter;

    /// <summary>Why it is still due; null where it is not.</summary>
    public string? Reason { get; } = reason;
}

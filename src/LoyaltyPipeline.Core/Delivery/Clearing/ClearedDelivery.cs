namespace LoyaltyPipeline.Core.Delivery.Clearing;

/// <summary>Something that was removed from a destination, or would be.</summary>
public sealed class ClearedDelivery(ClearedKind kind, string deliveryId, string location, int files, long bytes, bool removed)
{
    /// <summary>What it is.</summary>
    public ClearedKind Kind { get; } = kind;

    /// <summary>The delivery it belongs to.</summary>
    public string DeliveryId { get; } = deliveryId;

    /// <summary>The folder, or <c>s3://bucket/prefix</c>.</summary>
    public string Location { get; } = location;

    /// <summary>Number of objects and unfinished uploads.</summary>
    public int Files { get; } = files;

    /// <summary>Their size; that of unfinished uploads is not known.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Whether it was removed; false for a plan.</summary>
    public bool Removed { get; } = removed;
}

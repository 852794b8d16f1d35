namespace LoyaltyPipeline.Core.Delivery.Clearing;

/// <summary>Something that was removed from a destination, or would be.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="DeliveryId">The delivery it belongs to.</param>
/// <param name="Location">The folder, or <c>s3://bucket/prefix</c>.</param>
/// <param name="Files">Number of objects and unfinished uploads.</param>
/// <param name="Bytes">Their size; that of unfinished uploads is not known.</param>
/// <param name="Removed">Whether it was removed; false for a plan.</param>
public sealed record ClearedDelivery(ClearedKind Kind, string DeliveryId, string Location, int Files, long Bytes, bool Removed);

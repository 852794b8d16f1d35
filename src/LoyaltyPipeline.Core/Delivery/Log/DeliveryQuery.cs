namespace LoyaltyPipeline.Core.Delivery.Log;

/// <summary>Which deliveries to read.</summary>
/// <param name="Consumer">Of one consumer; null for all.</param>
/// <param name="DeliveryId">With this id; null for all.</param>
/// <param name="Status">That are this far; null for all.</param>
/// <param name="Last">At most so many, the newest; null for all.</param>
public sealed record DeliveryQuery(string? Consumer = null, string? DeliveryId = null, DeliveryStatus? Status = null, int? Last = null);

namespace LoyaltyPipeline.Core.Delivery.Log;

/// <summary>Which deliveries to read.</summary>
/// <param name="Consumers">Of these consumers, as the log writes them; null for all.</param>
/// <param name="DeliveryIds">With these ids; null for all.</param>
/// <param name="Statuses">That are so far; null for all.</param>
/// <param name="Last">At most so many, the newest; null for all.</param>
/// <param name="RunIds">That these runs made; null for all.</param>
public sealed record DeliveryQuery(
    IReadOnlyList<string>? Consumers = null, IReadOnlyList<string>? DeliveryIds = null, IReadOnlyList<DeliveryStatus>? Statuses = null,
    int? Last = null, IReadOnlyList<string>? RunIds = null);

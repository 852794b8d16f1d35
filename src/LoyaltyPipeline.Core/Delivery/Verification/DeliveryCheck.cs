namespace LoyaltyPipeline.Core.Delivery.Verification;

/// <summary>What was found when a delivery was verified.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="File">The file; null for what concerns the whole.</param>
/// <param name="Check">Manifest, Files, Base (of a Diff), Size, Sha256, Columns, Rows, Order or Totals.</param>
/// <param name="Passed">Whether it is as it must be.</param>
/// <param name="Detail">What was found, with the figures; never personal data.</param>
public sealed record DeliveryCheck(string DeliveryId, string? File, string Check, bool Passed, string Detail);

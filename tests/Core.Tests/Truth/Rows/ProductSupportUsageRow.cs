namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_B.PRODUCT_SUPPORT_USAGE; every cell may be null because bad rows exist.</summary>
public sealed record ProductSupportUsageRow(
    long? UsageId = null,
    long? UserId = null,
    string? ContentType = null,
    string? ContentId = null,
    DateTime? ViewedAt = null);

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_B.SERVICE_REQUESTS; every cell may be null because bad rows exist.</summary>
public sealed record ServiceRequestRow(
    long? RequestId = null,
    long? UserId = null,
    string? RequestType = null,
    DateTime? RequestedAt = null,
    string? Status = null);

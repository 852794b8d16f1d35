namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_A.USER_ACTIVITY; every cell may be null because bad rows exist.</summary>
public sealed record UserActivityRow(
    long? ActivityId = null,
    long? UserId = null,
    string? ActivityType = null,
    DateTime? ActivityAt = null,
    decimal? Amount = null,
    int? Rating = null);

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_A.USER_PROFILE; every cell may be null because bad rows exist.</summary>
public sealed record UserProfileRow(
    long? UserId = null,
    string? Email = null,
    string? FullName = null,
    string? Phone = null,
    string? RegionCode = null,
    string? AccountType = null,
    string? AccountStatus = null,
    bool? MarketingConsent = null,
    DateTime? SignedUpAt = null,
    DateTime? UpdatedAt = null);

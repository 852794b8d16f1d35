namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_B.FEATURE_ADOPTION; every cell may be null because bad rows exist.</summary>
public sealed record FeatureAdoptionRow(
    long? UserId = null,
    string? FeatureName = null,
    string? ModuleName = null,
    DateTime? FirstUsedAt = null,
    DateTime? LastUsedAt = null,
    int? UseCount = null);

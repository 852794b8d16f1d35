namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_C.REGION_THRESHOLDS; every cell may be null because bad rows exist.</summary>
public sealed record RegionThresholdsRow(
    string? RegionCode = null,
    DateOnly? EffectiveFrom = null,
    decimal? LowEngagementBelow = null,
    decimal? HighlyEngagedFrom = null);

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_C.REGION_METADATA; every cell may be null because bad rows exist.</summary>
public sealed record RegionMetadataRow(
    string? RegionCode = null,
    string? RegionName = null,
    string? Country = null,
    string? RegionClass = null);

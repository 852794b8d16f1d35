namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_B.SUPPORT_CALLS; every cell may be null because bad rows exist.</summary>
public sealed record SupportCallsRow(
    long? UserId = null,
    DateOnly? AsOfDate = null,
    int? CallsLast30Days = null);

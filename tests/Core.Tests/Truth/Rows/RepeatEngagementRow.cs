namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_A.REPEAT_ENGAGEMENTS; every cell may be null because bad rows exist.</summary>
public sealed record RepeatEngagementRow(
    long? UserId = null,
    string? EngagementType = null,
    int? RepeatCount = null,
    DateTime? LastEngagedAt = null);

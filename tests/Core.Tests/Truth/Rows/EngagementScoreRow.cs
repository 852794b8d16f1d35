namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_A.ENGAGEMENT_SCORE; every cell may be null because bad rows exist.</summary>
public sealed record EngagementScoreRow(
    long? UserId = null,
    DateOnly? ScoreDate = null,
    decimal? Score = null);

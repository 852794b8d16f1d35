namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_B.RETENTION_ACTION; every cell may be null because bad rows exist.</summary>
public sealed record RetentionActionRow(
    long? ActionId = null,
    long? UserId = null,
    string? ActionType = null,
    DateTime? ActionAt = null,
    string? Outcome = null);

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_B.SUPPORT_CHATS; every cell may be null because bad rows exist.</summary>
public sealed record SupportChatRow(
    long? ChatId = null,
    long? UserId = null,
    DateTime? StartedAt = null,
    int? DurationSeconds = null,
    int? Satisfaction = null);

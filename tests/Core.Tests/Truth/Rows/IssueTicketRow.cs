namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>One row of DW_B.ISSUE_TICKETS; every cell may be null because bad rows exist.</summary>
public sealed record IssueTicketRow(
    long? TicketId = null,
    long? UserId = null,
    string? Category = null,
    string? Severity = null,
    DateTime? OpenedAt = null,
    DateTime? ClosedAt = null);

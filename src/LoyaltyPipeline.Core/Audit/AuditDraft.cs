namespace LoyaltyPipeline.Core.Audit;

/// <summary>What is to be noted; when, by whom and where, the trail adds.</summary>
/// <param name="RunId">The run, where the run log has one or will.</param>
/// <param name="ErrorId">Why it did not succeed.</param>
internal sealed record AuditDraft(
    AuditAction Action, AuditOutcome Outcome, AuditParameters Parameters, string? RunId = null, string? ErrorId = null);

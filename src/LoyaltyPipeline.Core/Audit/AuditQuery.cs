namespace LoyaltyPipeline.Core.Audit;

/// <summary>Which entries of the audit trail to read.</summary>
/// <param name="Actions">Only these actions; null for all.</param>
/// <param name="RunIds">Only entries of these runs; null for all.</param>
/// <param name="Last">At most so many, the newest; null for no limit.</param>
public sealed record AuditQuery(
    IReadOnlyList<AuditAction>? Actions = null, IReadOnlyList<string>? RunIds = null, int? Last = null);

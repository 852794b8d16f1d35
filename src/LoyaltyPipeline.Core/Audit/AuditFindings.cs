namespace LoyaltyPipeline.Core.Audit;

/// <summary>What a look at the whole audit trail has found.</summary>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Heads">Where the chains end.</param>
/// <param name="Faults">How many things are wrong.</param>
/// <param name="Examples">The first of them, each in words.</param>
internal sealed record AuditFindings(long Entries, IReadOnlyList<AuditHead> Heads, long Faults, IReadOnlyList<string> Examples);

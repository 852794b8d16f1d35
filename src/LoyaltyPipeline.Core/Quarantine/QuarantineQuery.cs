namespace LoyaltyPipeline.Core.Quarantine;

/// <summary>Which quarantined rows to read.</summary>
/// <param name="RunIds">Of these runs; null for all runs.</param>
/// <param name="SourceTables">Of these sources, by their full names; null for all.</param>
/// <param name="Rules">By these rules; null for all.</param>
/// <param name="OpenOnly">Only those that still wait for a repair.</param>
/// <param name="First">At most so many; null for all.</param>
public sealed record QuarantineQuery(
    IReadOnlyList<string>? RunIds = null, IReadOnlyList<string>? SourceTables = null, IReadOnlyList<string>? Rules = null,
    bool OpenOnly = false, int? First = null);

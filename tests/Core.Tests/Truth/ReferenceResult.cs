namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>What a run must yield; none of it depends on the order of the source rows.</summary>
/// <param name="Master">By USER_ID.</param>
/// <param name="Rejected">By table, key and rule.</param>
/// <param name="Counts">By source table; of all, also the missing ones.</param>
/// <param name="Features">The rows of FEATURE_ADOPTION that are used.</param>
public sealed record ReferenceResult(
    IReadOnlyList<MasterRow> Master,
    IReadOnlyList<RejectedRow> Rejected,
    IReadOnlyDictionary<string, SourceCount> Counts,
    IReadOnlyList<FeatureAdoptionRow> Features);

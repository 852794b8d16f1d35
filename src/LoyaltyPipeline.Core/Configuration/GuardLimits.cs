namespace LoyaltyPipeline.Core.Configuration;

/// <summary>How much a merge may change before a guard stops it.</summary>
/// <param name="Deletes">Largest share of the users that may disappear in one run, 0 to 1.</param>
/// <param name="SegmentMoves">Largest share of the users that may change segment in one run, 0 to 1.</param>
public sealed record GuardLimits(decimal Deletes = 0.10m, decimal SegmentMoves = 0.30m);

namespace LoyaltyPipeline.Core.Configuration;

/// <summary>How much a merge may change before a guard stops it.</summary>
/// <param name="Deletes">Largest share of the users that may disappear in one run, 0 to 1.</param>
/// <param name="SegmentMoves">Largest share of the users that may change segment in one run, 0 to 1.</param>
/// <param name="Rejected">Largest share of a source's rows that one rule may reject, 0 to 1; but for losers among rows of one key.</param>
/// <param name="Duplicates">Largest share of a source's rows that may lose to another row of their key, 0 to 1; a source that is a log of
/// changes has many.</param>
public sealed record GuardLimits(decimal Deletes = 0.10m, decimal SegmentMoves = 0.30m, decimal Rejected = 0.30m, decimal Duplicates = 1m)
{
    /// <summary>
    /// Whether a day is refused that the sources say nothing of any more: the newest rows of a required source, or of most sources, are
    /// older than the catalog's <c>fresh_within</c>.
    /// </summary>
    public bool StaleSources { get; init; } = true;

    /// <summary>Of how many rows or users at least a share is reckoned.</summary>
    public int LeastRows { get; init; } = RowLimit.UsualLeastRows;
}

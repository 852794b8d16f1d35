namespace LoyaltyPipeline.Core.Merging;

/// <summary>A guard that found a merge suspicious.</summary>
/// <param name="Name">Name of the guard: RequiredSourceEmpty, Rejected, Deletes or SegmentMoves.</param>
/// <param name="Reason">What it found, with the figures.</param>
public sealed record TrippedGuard(string Name, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Reason}";
}

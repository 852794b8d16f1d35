namespace LoyaltyPipeline.Core.Runs;

/// <summary>A guard that found a run suspicious.</summary>
/// <param name="Name">Name of the guard: for merges RequiredSourceEmpty, Rejected, Deletes or SegmentMoves; for deliveries AudienceEmpty or AudienceSize.</param>
/// <param name="Reason">What it found, with the figures.</param>
public sealed record TrippedGuard(string Name, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Reason}";
}

namespace LoyaltyPipeline.Core.Runs;

/// <summary>A guard that found a run suspicious.</summary>
/// <param name="Name">
/// Name of the guard: for merges RunDateInFuture, RequiredSourceEmpty, Rejected, Deletes or SegmentMoves; for imports TableEmptied; for deliveries AudienceEmpty,
/// AudienceSize or BaseMissing.
/// </param>
/// <param name="Reason">What it found, with the figures.</param>
public sealed record TrippedGuard(string Name, string Reason)
{
    /// <summary>Guards as the logs keep them.</summary>
    /// <param name="guards">The guards.</param>
    /// <returns>The guards, separated by semicolons; null for none.</returns>
    internal static string? Join(IReadOnlyList<TrippedGuard> guards) => guards.Count == 0 ? null : string.Join("; ", guards);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Reason}";
}

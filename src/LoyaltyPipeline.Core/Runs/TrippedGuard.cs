namespace LoyaltyPipeline.Core.Runs;

/// <summary>A guard that found a run suspicious.</summary>
public sealed class TrippedGuard(string name, string reason)
{
    /// <summary>
    /// Name of the guard: for merges RunDateInFuture, RequiredSourceEmpty, Rejected, Deletes or SegmentMoves; for imports TableEmptied; for
    /// deliveries AudienceEmpty, AudienceSize, BaseMissing or NotSound.
    /// </summary>
    public string Name { get; } = name;

    /// <summary>What it found, with the figures.</summary>
    public string Reason { get; } = reason;

    /// <summary>Guards as the logs keep them.</summary>
    /// <returns>The guards, separated by semicolons; null for none.</returns>
    internal static string? Join(IReadOnlyList<TrippedGuard> guards) => guards.Count == 0 ? null : string.Join("; ", guards);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Reason}";
}

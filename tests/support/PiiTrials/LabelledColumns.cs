namespace LoyaltyPipeline.PiiTrials;

/// <summary>The labelled set by which the detectors of personal data are measured.</summary>
public static class LabelledColumns
{
    /// <summary>How many columns there are of each kind.</summary>
    public const int OfEachKind = 300;

    private const int RoundsOfNearMisses = 20;
    private const int Seed = 20260630;

    /// <summary>All columns: those of each kind, and those that look as if. The same each time.</summary>
    /// <param name="part">How many of them: one of so many.</param>
    public static IReadOnlyList<LabelledColumn> All(int part = 1) =>
    [
        .. Enum.GetValues<PiiKind>().SelectMany(kind => PersonalColumns.Of(kind, OfEachKind / part, Seed + (int)kind)),
        .. NearMissColumns.Make(RoundsOfNearMisses / part, Seed),
    ];
}

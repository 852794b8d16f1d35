using LoyaltyPipeline.Core.Integrity.Anomalies;

namespace LoyaltyPipeline.Anomalies;

/// <summary>The trials whose figures about_LoyaltyAnomalies states. Their series are always the same.</summary>
public static class DetectionPlan
{
    private const int Seed = 7_000;
    private const int CleanSeries = 1_000;
    private const int FaultySeries = 200;

    private static readonly double[] Strengths = [4, 6, 10];

    /// <summary>
    /// The faults, with how far they are off, in standard deviations of the noise; null for those that are neither stronger nor weaker.
    /// </summary>
    public static IEnumerable<(AnomalyKind Kind, double? Strength)> Faults =>
        Enum.GetValues<AnomalyKind>()
            .SelectMany(
                kind => kind is AnomalyKind.MissingDay or AnomalyKind.Frozen
                    ? [(kind, null)]
                    : Strengths.Select(strength => (kind, (double?)strength)));

    /// <summary>The score on series without a fault.</summary>
    public static DetectionScore OfNoFault() => DetectionTrial.Run(fault: null, strength: 0, CleanSeries, Seed);

    /// <summary>The score on series that are not like most, without and with their fault.</summary>
    /// <param name="kind">Which.</param>
    public static (DetectionScore Clean, DetectionScore Faulty) Of(SeriesKind kind) =>
        (
            DetectionTrial.Run(kind, isFaulty: false, FaultySeries, Seed + (int)kind),
            DetectionTrial.Run(kind, isFaulty: true, FaultySeries, Seed + (int)kind));

    /// <summary>The score on series with a fault.</summary>
    /// <param name="strength">How far it is off; null where it is neither stronger nor weaker.</param>
    public static DetectionScore Of(AnomalyKind kind, double? strength) =>
        DetectionTrial.Run(kind, strength ?? 0, FaultySeries, Seed + (int)kind);
}

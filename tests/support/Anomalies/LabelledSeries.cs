using LoyaltyPipeline.Core.Integrity.Anomalies;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Anomalies;

/// <summary>A series of which it is known where it is at fault.</summary>
/// <param name="Points">The figures, a day each.</param>
/// <param name="Fault">The fault; null for none.</param>
/// <param name="From">The first day at fault.</param>
/// <param name="FoundBy">The last day on which finding it counts as having found it.</param>
/// <param name="SettledBy">The last day on which an alarm may still be about it.</param>
public sealed record LabelledSeries(
    IReadOnlyList<MetricPoint> Points, AnomalyKind? Fault, DateOnly From, DateOnly FoundBy, DateOnly SettledBy);

namespace LoyaltyPipeline.Core.Metrics;

/// <summary>A metric of a region over time.</summary>
/// <param name="Metric">The metric, for example <c>users.highly_engaged</c>; see <see cref="MetricNames"/>.</param>
/// <param name="RegionCode">The region; <see cref="MetricNames.AllRegions"/> for all together, <see cref="MetricNames.NoRegion"/> for users
/// without one, <see cref="MetricNames.UnknownRegion"/> for those of an unknown one.</param>
/// <param name="Points">Its figures, the earliest day first; a day without a figure has no point.</param>
public sealed record MetricSeries(string Metric, string RegionCode, IReadOnlyList<MetricPoint> Points);

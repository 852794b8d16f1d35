namespace LoyaltyPipeline.Core.Metrics;

/// <summary>What a metric was on a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Value">The figure, in the unit of the metric.</param>
public sealed record MetricPoint(DateOnly Day, double Value);

namespace LoyaltyPipeline.Core.Metrics;

/// <summary>A figure of a day.</summary>
/// <param name="Value">The figure, in the unit of the metric.</param>
internal sealed record MetricValue(string Metric, string RegionCode, decimal Value);

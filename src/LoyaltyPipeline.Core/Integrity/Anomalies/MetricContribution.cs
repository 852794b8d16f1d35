namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>How much one part of a metric moved.</summary>
/// <param name="Part">The region, segment or source.</param>
/// <param name="Change">How far it is from what was expected of it, in the unit of the metric.</param>
/// <param name="Share">Its share of the change of the whole; below 0 where it moved the other way. Null where parts do not add up to the
/// whole, as means do not.</param>
public sealed record MetricContribution(string Part, double Change, double? Share);

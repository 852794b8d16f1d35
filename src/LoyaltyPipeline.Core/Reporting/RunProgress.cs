namespace LoyaltyPipeline.Core.Reporting;

/// <summary>How far a run is.</summary>
/// <param name="Activity">What is being done, for example <c>Merging 1998-06-30</c>.</param>
/// <param name="Step">The step at hand.</param>
/// <param name="Percent">Share done, 0 to 100; null where it cannot be known.</param>
/// <param name="TimeLeft">Estimated time left; null where it cannot be known.</param>
public sealed record RunProgress(string Activity, string Step, int? Percent = null, TimeSpan? TimeLeft = null);

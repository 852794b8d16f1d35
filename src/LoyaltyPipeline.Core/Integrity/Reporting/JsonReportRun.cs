namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>A test run of a report in JSON.</summary>
/// <param name="RunId">Identifies it.</param>
/// <param name="CheckedAt">When it began (UTC).</param>
internal sealed record JsonReportRun(string RunId, DateTime CheckedAt);

namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>Writes results in one of the formats.</summary>
/// <param name="moduleVersion">Version of the module that made the checks.</param>
internal delegate void ReportWriter(Stream stream, IReadOnlyList<CheckResult> results, string moduleVersion);

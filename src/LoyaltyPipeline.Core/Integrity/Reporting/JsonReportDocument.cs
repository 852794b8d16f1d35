namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>A report in JSON.</summary>
/// <param name="ModuleVersion">Version of the module that made the checks.</param>
/// <param name="Runs">The test runs; more than one where the checks were made for each input of a pipeline.</param>
/// <param name="Counts">How many results there are of each status.</param>
/// <param name="Results">The results, in the order in which the checks were made.</param>
internal sealed record JsonReportDocument(
    int FormatVersion, string ModuleVersion, IReadOnlyList<JsonReportRun> Runs, CheckCounts Counts, IReadOnlyList<CheckResult> Results)
{
    /// <summary>The version of the format that is written.</summary>
    public const int CurrentVersion = 1;
}

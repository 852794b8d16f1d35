namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>How many results there are of each status.</summary>
/// <param name="Passed">Those that passed.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Error">Checks that could not be made.</param>
/// <param name="Skipped">Those with nothing to check.</param>
internal sealed record CheckCounts(int Total, int Passed, int Warning, int Failed, int Error, int Skipped)
{
    /// <summary>Counts.</summary>
    public static CheckCounts Of(IReadOnlyList<CheckResult> results)
    {
        return new CheckCounts(
            results.Count, Count(CheckStatus.Passed), Count(CheckStatus.Warning), Count(CheckStatus.Failed), Count(CheckStatus.Error),
            Count(CheckStatus.Skipped));

        int Count(CheckStatus status) => results.Count(result => result.Status == status);
    }
}

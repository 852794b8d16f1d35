using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Integrity;

/// <summary>Whether the results of a test run are good enough to go on.</summary>
public static class CheckVerdict
{
    private const int Named = 5;

    /// <summary>Makes sure that they are.</summary>
    /// <param name="level">From where on they are not.</param>
    /// <exception cref="LoyaltyException"><c>IntegrityFailed</c>; its target are the ids of the checks.</exception>
    public static void Demand(IReadOnlyList<CheckResult> results, CheckFailureLevel level)
    {
        var bad = results
            .Where(
                result => result.Status is CheckStatus.Failed or CheckStatus.Error
                    || (level == CheckFailureLevel.Warning && result.Status == CheckStatus.Warning)).ToList();
        if (bad.Count == 0)
            return;
        var named = string.Join("; ", bad.Take(Named).Select(result => $"{result.CheckId} ({result.Message})"));
        throw LoyaltyErrors.IntegrityFailed.Because(
            $"{bad.Count} of {results.Count} checks did not pass: {named}{(bad.Count > Named ? $"; and {bad.Count - Named} more" : string.Empty)}.", bad.Select(result => result.CheckId).ToArray());
    }
}

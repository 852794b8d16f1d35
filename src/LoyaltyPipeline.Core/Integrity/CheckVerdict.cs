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
        if (Find(results, level) is { Count: > 0 } bad)
            throw LoyaltyErrors.IntegrityFailed.Because($"{Describe(bad, results)}.", IdsOf(bad));
    }

    /// <summary>What speaks against delivering.</summary>
    /// <returns>The reason with the first checks, and the ids of all that failed; null where none did.</returns>
    public static (string Reason, string[] Checks)? Against(IReadOnlyList<CheckResult> results) =>
        Find(results, CheckFailureLevel.Error) is { Count: > 0 } bad ? (Describe(bad, results), IdsOf(bad)) : null;

    private static List<CheckResult> Find(IReadOnlyList<CheckResult> results, CheckFailureLevel level) =>
    [
        .. results.Where(
            result => result.Status is CheckStatus.Failed or CheckStatus.Error
                || (level == CheckFailureLevel.Warning && result.Status == CheckStatus.Warning)),
    ];

    private static string Describe(List<CheckResult> bad, IReadOnlyList<CheckResult> results)
    {
        var named = string.Join("; ", bad.Take(Named).Select(result => $"{result.CheckId} ({result.Message})"));
        var more = bad.Count > Named ? $"; and {bad.Count - Named} more" : string.Empty;
        return $"{bad.Count} of {results.Count} checks did not pass: {named}{more}";
    }

    private static string[] IdsOf(List<CheckResult> bad) => [.. bad.Select(result => result.CheckId)];
}

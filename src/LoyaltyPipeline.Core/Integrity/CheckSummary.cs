using LoyaltyPipeline.Core.Integrity.Reporting;

namespace LoyaltyPipeline.Core.Integrity;

/// <summary>How all checks of a test run came out together.</summary>
public static class CheckSummary
{
    /// <summary>
    /// Whether checks were made and nothing is wrong that keeps a delivery back: none failed, and none could not be made. A warning keeps
    /// nothing back.
    /// </summary>
    /// <returns>True where all is sound.</returns>
    public static bool IsSound(IReadOnlyList<CheckResult> results) => CheckCounts.Of(results) is { Total: > 0, Failed: 0, Error: 0 };

    /// <summary>
    /// The counts in one line; checks that could not be made, which are rare and grave, stand in it only where there are some.
    /// </summary>
    /// <returns>For example <c>583 checks: 580 passed, 1 failed, 2 warnings, 0 skipped</c>.</returns>
    public static string Line(IReadOnlyList<CheckResult> results)
    {
        var counts = CheckCounts.Of(results);
        var notMade = counts.Error == 0 ? string.Empty : $"{counts.Error} could not be made, ";
        return $"{Several(counts.Total, "check")}: {counts.Passed} passed, {counts.Failed} failed, {notMade}{Several(counts.Warning, "warning")}, {counts.Skipped} skipped";
    }

    private static string Several(int count, string noun) => $"{count} {noun}{(count == 1 ? string.Empty : "s")}";
}

using System.Globalization;

namespace LoyaltyPipeline.Core.Integrity.Reporting;

/// <summary>What the reports in XML have in common, in words and figures.</summary>
internal static class ReportText
{
    /// <summary>What all suites belong to.</summary>
    public const string Product = "LoyaltyPipeline";

    /// <summary>What stands for the class of a test: <c>LoyaltyPipeline.Suite</c>, and the table where there is one.</summary>
    public static string ClassOf(CheckResult result) => ClassOf(result.Suite) + (result.Table is { } table ? $".{table}" : string.Empty);

    /// <summary>What stands for the class of the tests of a suite.</summary>
    public static string ClassOf(CheckSuite suite) => $"{Product}.{suite}";

    /// <summary>How long a check took, to the millisecond.</summary>
    public static decimal Seconds(CheckResult result) => Math.Round((decimal)result.Seconds, 3);

    /// <summary>A duration in seconds.</summary>
    public static string Duration(IEnumerable<CheckResult> results) => results.Sum(Seconds).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>The test runs that results are of.</summary>
    public static IEnumerable<string> RunsOf(IEnumerable<CheckResult> results) =>
        results.Select(result => result.RunId).Distinct(StringComparer.Ordinal);

    /// <summary>All that is known of a check that did not pass, a line each.</summary>
    public static string Details(CheckResult result) => string.Join('\n', Lines(result));

    private static IEnumerable<string> Lines(CheckResult result)
    {
        yield return result.Message;
        if (result.Violations is { } violations)
            yield return Line($"Violations: {violations}");
        if (result.Total is { } total)
            yield return Line($"Total: {total}");
        if (result.Percent is { } percent)
            yield return Line($"Percent: {percent:0.####}");
        if (result.Threshold.Length > 0)
            yield return $"Threshold: {result.Threshold}";
        if (result.FailedSince is { } since)
            yield return Line($"Failed since: {since:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        if (result.Sample.Count > 0)
            yield return $"Sample:\n  {string.Join("\n  ", result.Sample)}";
        if (result.Sql is { } sql)
            yield return $"All of them:\n{sql}";
    }

    // The session may have a culture that writes numbers and days in another way.
    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}

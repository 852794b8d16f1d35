using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Diagnostics;

/// <summary>Plans of engines, which show values that queries compare with, and the least and the largest of columns.</summary>
internal static partial class PlanText
{
    /// <summary>A plan with <c>***</c> for texts and <c>#</c> for numbers, but for how many rows are expected.</summary>
    public static string WithoutValues(string plan) => Value().Replace(plan, match =>
        match.Groups["keep"].Success ? match.Value : match.Value[0] == '\'' ? "***" : "#");

    [GeneratedRegex(
        @"'[^']*'?|(?<keep>~\s?[\d,]+|[A-Za-z_][A-Za-z0-9_]*|\#\d+)|\d[\d.:,T-]*",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Value();
}

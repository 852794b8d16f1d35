using System.Globalization;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>What a non-null cell must satisfy, and the rule it breaks otherwise.</summary>
public sealed record CellCheck(string Rule, Func<object, bool> Accepts)
{
    public static CellCheck OneOf(params string[] values) =>
        new(RejectionRule.AcceptedValues, cell => values.Contains((string)cell, StringComparer.Ordinal));

    public static CellCheck AtLeast(int minimum) =>
        new(RejectionRule.Range, cell => Number(cell) >= minimum);

    public static CellCheck Between(int minimum, int maximum) =>
        new(RejectionRule.Range, cell => Number(cell) >= minimum && Number(cell) <= maximum);

    private static decimal Number(object cell) => Convert.ToDecimal(cell, CultureInfo.InvariantCulture);
}

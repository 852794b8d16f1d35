namespace LoyaltyPipeline.Core.Answers;

/// <summary>A row of a query's result, or a structure within one.</summary>
public sealed class QueryRow
{
    internal QueryRow(IReadOnlyList<string> names, IReadOnlyList<object?> values) => (Names, Values) = (names, values);

    /// <summary>What the values are called; no two names differ in case alone.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// The values: whole numbers as Int64 where they fit, others as Decimal or Double, days and times as DateTime, times of kind UTC, lists
    /// as arrays, structures as rows; null for NULL.
    /// </summary>
    public IReadOnlyList<object?> Values { get; }
}

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Orders two cells of one column: null is smallest, false before true, text by code point.</summary>
public sealed class CellComparer : IComparer<object>
{
    public static CellComparer Instance { get; } = new();

    public int Compare(object? x, object? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string left, string right) => CodePointComparer.Instance.Compare(left, right),
        _ => ((IComparable)x).CompareTo(y),
    };
}

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Orders text by code point. Ordinal comparison would not do: by UTF-16 units U+1D49C sorts before U+FF5E.</summary>
public sealed class CodePointComparer : IComparer<string>
{
    public static CodePointComparer Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);

        var left = x.EnumerateRunes();
        var right = y.EnumerateRunes();
        while (true)
        {
            var leftHasMore = left.MoveNext();
            var rightHasMore = right.MoveNext();
            if (!leftHasMore || !rightHasMore)
                return (leftHasMore ? 1 : 0) - (rightHasMore ? 1 : 0);
            if (left.Current != right.Current)
                return left.Current.CompareTo(right.Current);
        }
    }
}

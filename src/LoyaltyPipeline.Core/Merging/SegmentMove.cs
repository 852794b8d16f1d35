namespace LoyaltyPipeline.Core.Merging;

/// <summary>Users who went from one segment to another.</summary>
public sealed class SegmentMove(string? from, string? to, long users)
{
    /// <summary>The segment before; null for users who are new.</summary>
    public string? From { get; } = from;

    /// <summary>The segment now; null for users who are gone.</summary>
    public string? To { get; } = to;

    /// <summary>How many.</summary>
    public long Users { get; } = users;

    /// <summary>For example <c>Engaged to Highly Engaged: 12</c>.</summary>
    public override string ToString() => $"{From ?? "(new)"} to {To ?? "(gone)"}: {Users}";
}

namespace LoyaltyPipeline.Core.Metrics;

/// <summary>Figures of the users of a region, such that those of several regions add up.</summary>
/// <param name="BySegment">Users by segment, in the order of the segments.</param>
/// <param name="Scored">Users who have a score.</param>
/// <param name="Scores">The sum of their scores.</param>
/// <param name="Filled">Users who have a value, by nullable column of Master.</param>
internal sealed record RegionFigures(
    string RegionCode, long Users, IReadOnlyList<long> BySegment, long Scored, decimal Scores, IReadOnlyList<long> Filled)
{
    /// <summary>The figures of some regions together.</summary>
    /// <param name="other">Those of another region, with the same segments and columns.</param>
    public RegionFigures Plus(RegionFigures other) => this with
    {
        Users = Users + other.Users,
        BySegment = Sums(BySegment, other.BySegment),
        Scored = Scored + other.Scored,
        Scores = Scores + other.Scores,
        Filled = Sums(Filled, other.Filled),
    };

    private static long[] Sums(IReadOnlyList<long> left, IReadOnlyList<long> right) =>
        [.. left.Zip(right, (one, another) => one + another)];
}

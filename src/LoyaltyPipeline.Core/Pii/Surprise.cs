namespace LoyaltyPipeline.Core.Pii;

/// <summary>How far a number of matches lies above what chance makes of it.</summary>
internal static class Surprise
{
    /// <summary>The bound of Chernoff: chance brings as many matches with a probability of at most exp(-result).</summary>
    /// <param name="matches">What matched.</param>
    /// <param name="tried">What could have matched.</param>
    /// <param name="chance">How probable it is that one matches by chance.</param>
    public static double Of(long matches, long tried, double chance)
    {
        if (tried == 0 || matches <= tried * chance)
            return 0;
        var share = (double)matches / tried;
        return tried * (Term(share, chance) + Term(1 - share, 1 - chance));

        static double Term(double share, double chance) => share == 0 ? 0 : share * Math.Log(share / chance);
    }
}

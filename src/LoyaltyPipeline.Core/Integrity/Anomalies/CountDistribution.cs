namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>
/// What counts may be by chance: the negative binomial distribution, which is Poisson's where counts spread no more than by chance. Where
/// days of nothing are told apart, what is there on the other days, less the one that there is at least, is distributed so.
/// </summary>
internal sealed class CountDistribution
{
    // With less it is Poisson's as far as numbers tell.
    private const double LeastDispersion = 1e-6;

    // Of more, counts are taken by so many at once: nothing here needs each of a thousand told apart.
    private const double LargestMean = 400;

    private const double Rest = 1e-12;
    private const double LeastMean = 1e-3;

    private readonly double _unit;
    private readonly double? _zeros;
    private readonly List<double> _atMost = [];

    /// <summary>Makes it.</summary>
    public CountDistribution(CountExpectation expected)
    {
        _zeros = expected.Zeros;
        var mean = Math.Max(LeastMean, _zeros is null ? expected.Mean : expected.Mean - 1);
        _unit = Math.Max(1, mean / LargestMean);
        var (scaled, beyond) = (mean / _unit, Math.Max(expected.Dispersion, LeastDispersion));
        var size = 1 / beyond;
        var more = scaled / (scaled + size);
        var probability = Math.Exp(-size * Math.Log(1 + (scaled * beyond)));
        var sum = 0.0;
        for (var count = 0; sum < 1 - Rest && (count <= scaled || probability > Rest); count++)
        {
            sum += probability;
            _atMost.Add(Math.Min(1, sum));
            probability *= more * (count + size) / (count + 1);
        }
    }

    private double Some => 1 - (_zeros ?? 0);

    // What there is at least on a day that is not one of nothing.
    private double Least => _zeros is null ? 0 : 1;

    /// <summary>
    /// How far a count is off, in standard deviations of the normal distribution that are as improbable; below 0 for less.
    /// </summary>
    public double DeviationOf(double count)
    {
        var (atLeast, atMost) = (1 - AtMost(count - 1), AtMost(count));
        return atLeast < atMost ? NormalTail.Deviation(Math.Max(Rest, atLeast)) : -NormalTail.Deviation(Math.Max(Rest, atMost));
    }

    /// <summary>The smallest count that is no less than what a deviation lets expect.</summary>
    public double Lower(double deviation)
    {
        var probability = NormalTail.Probability(deviation);
        return _zeros > probability ? 0 : Find(atMost => (_zeros ?? 0) + (Some * atMost) > probability);
    }

    /// <summary>The largest count that is no more than what a deviation lets expect.</summary>
    public double Upper(double deviation)
    {
        var probability = NormalTail.Probability(deviation);
        return Some <= probability ? 0 : Find(atMost => Some * (1 - atMost) <= probability);
    }

    private double Find(Predicate<double> isThere) =>
        Least + ((_atMost.FindIndex(isThere) is var index and >= 0 ? index : _atMost.Count) * _unit);

    private double AtMost(double count)
    {
        if (count < 0)
            return 0;
        if (count < Least)
            return _zeros!.Value;
        var index = (int)Math.Round((count - Least) / _unit);
        return (_zeros ?? 0) + (Some * (index < _atMost.Count ? _atMost[index] : 1));
    }

    /// <summary>
    /// How improbable something is, said as a deviation in standard deviations of the normal distribution and the other way round.
    /// </summary>
    private static class NormalTail
    {
        // Beyond that nothing is told apart.
        private const double Farthest = 12;

        // Of what is less improbable, it is not asked how improbable it is.
        private const double Nearest = 0.5;

        private const int Steps = 40;
        private const int Fractions = 60;

        /// <summary>The probability of a deviation at least so large on one side.</summary>
        /// <param name="deviation">The deviation; at least <see cref="Nearest"/>.</param>
        public static double Probability(double deviation)
        {
            // Laplace's continued fraction of Mills' ratio.
            var fraction = deviation;
            for (var term = Fractions; term > 0; term--)
                fraction = deviation + (term / fraction);
            return Math.Exp(-deviation * deviation / 2) / Math.Sqrt(2 * Math.PI) / fraction;
        }

        /// <summary>The deviation that is as improbable; 0 where it is nothing out of the way.</summary>
        /// <param name="probability">The probability on one side.</param>
        public static double Deviation(double probability)
        {
            if (probability >= Probability(Nearest))
                return 0;
            var (low, high) = (Nearest, Farthest);
            for (var step = 0; step < Steps; step++)
            {
                var middle = (low + high) / 2;
                (low, high) = Probability(middle) > probability ? (middle, high) : (low, middle);
            }

            return low;
        }
    }
}

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>
/// How improbable something is, said as a deviation in standard deviations of the normal distribution and the other way round.
/// </summary>
internal static class NormalTail
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

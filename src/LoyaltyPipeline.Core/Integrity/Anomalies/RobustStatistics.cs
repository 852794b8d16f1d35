namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>Statistics that up to half of the figures cannot lead astray.</summary>
internal static class RobustStatistics
{
    // Makes the median absolute deviation of normally distributed figures their standard deviation: 1 / Φ⁻¹(3/4).
    private const double NormalConsistency = 1.4826;

    /// <summary>The median; not a number where there are no figures.</summary>
    public static double Median(List<double> values)
    {
        if (values.Count == 0)
            return double.NaN;
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /// <summary>The spread of errors round zero: their median absolute deviation, scaled to a standard deviation.</summary>
    public static double Spread(IEnumerable<double> errors) => NormalConsistency * Median([.. errors.Select(Math.Abs)]);
}

namespace LoyaltyPipeline.Benchmarks.Reporting;

/// <summary>What is done with the values of several rounds.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The median of each part over the rounds, in the order of the first round.</summary>
    public static IReadOnlyDictionary<string, double> MedianParts(IReadOnlyList<IReadOnlyDictionary<string, double>> rounds) =>
        rounds[0].Keys.ToDictionary(part => part, part => Median(rounds.Select(round => round[part])), StringComparer.Ordinal);
}

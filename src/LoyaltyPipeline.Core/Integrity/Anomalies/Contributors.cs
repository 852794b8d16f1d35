namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>Says which parts of a metric moved when the whole did.</summary>
public static class Contributors
{
    /// <summary>The parts, the one that moved most first.</summary>
    /// <param name="whole">The judgement of the whole.</param>
    /// <param name="parts">The judgements of its parts, of the same day.</param>
    /// <param name="addUp">Whether the parts add up to the whole.</param>
    /// <returns>The parts of which it is known what was expected, and that moved.</returns>
    public static IReadOnlyList<MetricContribution> Of(
        SeriesJudgement whole, IEnumerable<(string Part, SeriesJudgement Judgement)> parts, bool addUp)
    {
        var change = addUp && whole.Change is { } moved && moved != 0 ? moved : (double?)null;
        return
        [
            .. parts.Where(part => part.Judgement.Change is { } own && own != 0)
                .Select(part => new MetricContribution(part.Part, part.Judgement.Change!.Value, part.Judgement.Change / change))
                .OrderByDescending(part => Math.Abs(part.Change)).ThenBy(part => part.Part, StringComparer.Ordinal),
        ];
    }
}

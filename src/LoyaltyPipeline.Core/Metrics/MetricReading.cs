using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Metrics;

/// <summary>Metrics as they were read, and what of them could not be.</summary>
public sealed class MetricReading
{
    private readonly ILookup<string, MetricSeries> _byMetric;
    private readonly ILookup<string?, LoyaltyException> _unreadable;

    internal MetricReading(IReadOnlyList<MetricSeries> series, IEnumerable<(string? Metric, LoyaltyException Failure)> unreadable)
    {
        Series = series;
        _byMetric = series.ToLookup(one => one.Metric, StringComparer.Ordinal);
        _unreadable = unreadable.ToLookup(one => one.Metric, one => one.Failure, StringComparer.Ordinal);
    }

    /// <summary>The series, by metric and region.</summary>
    public IReadOnlyList<MetricSeries> Series { get; }

    /// <summary>Rows of which it is not even known what they measure.</summary>
    internal IEnumerable<LoyaltyException> Unnamed => _unreadable[null];

    /// <summary>The series of a metric, by region.</summary>
    internal IEnumerable<MetricSeries> Of(string metric) => _byMetric[metric];

    /// <summary>Rows of a metric that could not be read; its series lack them.</summary>
    internal IEnumerable<LoyaltyException> UnreadableOf(string metric) => _unreadable[metric];

    /// <summary>
    /// What of some metrics could not be read; null where all was. A day that is missing, or there twice, would be judged wrongly.
    /// </summary>
    internal LoyaltyException? Lack(IEnumerable<string> metrics) => metrics.SelectMany(UnreadableOf).ToList() switch
    {
        [] => null,
        [var only] => only,
        [var first, ..] all => LoyaltyErrors.LogRowUnreadable.Because($"{first.Message} And {all.Count - 1} more.", first.Target),
    };
}

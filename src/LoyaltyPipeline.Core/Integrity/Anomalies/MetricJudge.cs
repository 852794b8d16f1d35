using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Integrity.Checks;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>Judges the newest day of metrics. What they have been is read once for all of them.</summary>
/// <param name="settings">The settings of integrity.</param>
internal sealed class MetricJudge(IntegritySettings settings)
{
    private MetricReading? _reading;

    /// <summary>Judges the newest day of a metric: of all regions together first, then of each.</summary>
    /// <param name="context">The warehouse as it is found.</param>
    /// <param name="newest">The newest merged day.</param>
    /// <returns>Judgements by region; none where there is no figure.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>QueryFailed</c>; <c>LogRowUnreadable</c>: not all figures can be read that the metric
    /// is judged by.</exception>
    public async Task<IReadOnlyList<(string Region, SeriesJudgement Judgement)>> JudgeAsync(
        CheckContext context, DateOnly newest, string metric, CancellationToken cancellationToken)
    {
        _reading ??= await MetricReader.ReadAsync(
            context.Session, newest.AddDays(-settings.Anomalies.WindowDays - settings.Anomalies.MinimumDays), newest, regions: null,
            cancellationToken);
        if (_reading.Lack(MetricKind.NeededFor(metric)) is { } lack)
            throw lack;
        var judge = new SeriesJudge(settings, metric, _reading.Of(MetricNames.Users));
        return
        [
            .. _reading.Of(metric).OrderBy(series => series.RegionCode != MetricNames.AllRegions)
                .ThenBy(series => series.RegionCode, StringComparer.Ordinal)
                .Select(series => (series.RegionCode, judge.Judge(series, newest))),
        ];
    }
}

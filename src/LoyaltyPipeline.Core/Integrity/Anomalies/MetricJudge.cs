using LoyaltyPipeline.Core.Integrity.Checks;
using LoyaltyPipeline.Core.Integrity.Configuration;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>Judges the newest day of metrics. What they have been is read once for all of them.</summary>
/// <param name="settings">The settings of integrity.</param>
internal sealed class MetricJudge(IntegritySettings settings)
{
    // There are many regions, and each has its chance variations: one of them must be farther off than all together.
    private const double Stricter = 1.5;

    private ILookup<string, MetricSeries>? _series;

    /// <summary>Judges the newest day of a metric: of all regions together first, then of each.</summary>
    /// <param name="context">The warehouse as it is found.</param>
    /// <param name="newest">The newest merged day.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Judgements by region; none where there is no figure.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>QueryFailed</c>.</exception>
    public async Task<IReadOnlyList<(string Region, SeriesJudgement Judgement)>> JudgeAsync(CheckContext context, DateOnly newest, string metric, CancellationToken cancellationToken)
    {
        _series ??= (await MetricReader.ReadAsync(context.Session, newest.AddDays(-settings.Anomalies.WindowDays - settings.Anomalies.MinimumDays), newest, cancellationToken))
            .ToLookup(series => series.Metric, StringComparer.Ordinal);
        var whole = MetricKind.Of(metric).Apply(settings.Anomalies) with { IsExpected = settings.Calendar.IsExpected };
        var part = whole with { Threshold = whole.Threshold * Stricter, ShiftThreshold = whole.ShiftThreshold * Stricter, DriftLimit = whole.DriftLimit * Stricter };
        return
        [
            .. _series[metric].OrderBy(series => series.RegionCode != MetricNames.AllRegions).ThenBy(series => series.RegionCode, StringComparer.Ordinal)
                .Select(series => (series.RegionCode, Judge(series, newest, series.RegionCode == MetricNames.AllRegions ? whole : part))),
        ];
    }

    // Deliveries come after the checks, and not for every day: the newest there was is judged.
    private static SeriesJudgement Judge(MetricSeries series, DateOnly newest, AnomalySettings settings) =>
        series.Metric.StartsWith(MetricNames.DeliveryRowsPrefix, StringComparison.Ordinal)
            ? new AnomalyDetector(settings with { IsExpected = static _ => false }).Judge(series.Points, series.Points[^1].Day)
            : new AnomalyDetector(settings).Judge(series.Points, newest);
}

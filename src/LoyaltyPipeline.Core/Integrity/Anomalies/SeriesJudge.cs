using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>Judges the series of one metric, by what its figures are.</summary>
internal sealed class SeriesJudge
{
    // There are many regions, and each has its chance variations: one of them must be farther off than all together.
    private const double Stricter = 1.5;

    private readonly AnomalySettings _whole;
    private readonly AnomalySettings _part;
    private readonly bool _isOfDeliveries;
    private readonly double _floorOfOneUser;
    private readonly IEnumerable<MetricSeries> _users;

    /// <summary>Makes a judge.</summary>
    /// <param name="settings">The settings of integrity.</param>
    /// <param name="users">How many users there are, by region.</param>
    public SeriesJudge(IntegritySettings settings, string metric, IEnumerable<MetricSeries> users)
    {
        _users = users;
        var kind = MetricKind.Of(metric);
        _floorOfOneUser = kind.FloorOfOneUser;
        // Deliveries come after the checks, and not for every day.
        _isOfDeliveries = metric.StartsWith(MetricNames.DeliveryRowsPrefix, StringComparison.Ordinal);
        _whole = kind.Apply(settings.Anomalies) with { IsExpected = _isOfDeliveries ? static _ => false : settings.Calendar.IsExpected };
        _part = _whole with
        {
            Threshold = _whole.Threshold * Stricter,
            ShiftThreshold = _whole.ShiftThreshold * Stricter,
            DriftLimit = _whole.DriftLimit * Stricter,
        };
    }

    /// <summary>Judges the newest day of a series: of deliveries, the day of the newest.</summary>
    public SeriesJudgement Judge(MetricSeries series, DateOnly newest) => DetectorOf(series).Judge(series.Points, LastOf(series, newest));

    /// <summary>Judges all days of a series.</summary>
    /// <returns>A judgement for each day that has a figure or should have one; at least one.</returns>
    public IReadOnlyList<SeriesJudgement> JudgeAll(MetricSeries series, DateOnly newest) =>
        DetectorOf(series).JudgeAll(series.Points, LastOf(series, newest));

    private AnomalyDetector DetectorOf(MetricSeries series)
    {
        var settings = series.RegionCode == MetricNames.AllRegions ? _whole : _part;
        if (_floorOfOneUser == 0 || _users.FirstOrDefault(users => users.RegionCode == series.RegionCode) is not { } users)
            return new AnomalyDetector(settings);
        var byDay = users.Points.ToDictionary(point => point.Day, point => point.Value);
        return new AnomalyDetector(
            settings with { FloorOf = day => byDay.TryGetValue(day, out var count) && count > 0 ? _floorOfOneUser / count : 0 });
    }

    private DateOnly LastOf(MetricSeries series, DateOnly newest) => _isOfDeliveries ? series.Points[^1].Day : newest;
}

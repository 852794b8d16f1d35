using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>What the figures of a metric are, as far as judging them goes.</summary>
/// <param name="IsCount">Whether they count things.</param>
/// <param name="AddsUp">Whether those of the regions add up to that of all.</param>
/// <param name="Direction">On which side they are unusual.</param>
/// <param name="Floor">The least spread, in their unit.</param>
/// <param name="FloorOfOneUser">What the least spread would be of a single user, in their unit; 0 where it is not of users. Of more users
/// it is in proportion less.</param>
internal sealed record MetricKind(bool IsCount, bool AddsUp, AnomalyDirection Direction, double Floor, double FloorOfOneUser = 0)
{
    private static readonly MetricKind Rows = new(IsCount: true, AddsUp: true, AnomalyDirection.Both, Floor: 1);

    // Fewer are no reason for alarm.
    private static readonly MetricKind RejectedRows = Rows with { Direction = AnomalyDirection.Up };

    // Nor is a run that was quicker; and by a second it may always differ.
    private static readonly MetricKind Seconds = new(IsCount: false, AddsUp: false, AnomalyDirection.Up, Floor: 1);

    // A hundredth of a point is the last digit of a score, and a twentieth of a percent hardly a column that is not filled any more.
    // But of fifty users one is two percent, and by about twenty points scores differ from their mean: what one user does is nothing
    // unusual.
    private static readonly MetricKind Score = new(IsCount: false, AddsUp: false, AnomalyDirection.Both, Floor: 0.01, FloorOfOneUser: 20);
    private static readonly MetricKind Share = new(IsCount: false, AddsUp: false, AnomalyDirection.Both, Floor: 0.0005, FloorOfOneUser: 1);

    /// <summary>The kind of a metric.</summary>
    public static MetricKind Of(string metric) => metric switch
    {
        MetricNames.RunSeconds => Seconds,
        MetricNames.MeanScore => Score,
        MetricNames.Quarantined => RejectedRows,
        _ when metric.StartsWith(MetricNames.QuarantinedPrefix, StringComparison.Ordinal) => RejectedRows,
        _ when metric.StartsWith(MetricNames.NullSharePrefix, StringComparison.Ordinal) => Share,
        _ => Rows,
    };

    /// <summary>The metrics whose figures are needed to judge a metric.</summary>
    public static IReadOnlyList<string> NeededFor(string metric) => Of(metric).FloorOfOneUser > 0 ? [metric, MetricNames.Users] : [metric];

    /// <summary>The settings for a metric of the kind.</summary>
    /// <param name="settings">Those of the pipeline.</param>
    public AnomalySettings Apply(AnomalySettings settings) =>
        settings with { IsCount = IsCount, Direction = Direction, AbsoluteFloor = Floor, Least = 0 };
}

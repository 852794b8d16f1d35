using LoyaltyPipeline.Core.Adoption;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>
/// What the dashboard is made of, read in one state of the warehouse. Aggregates and logs; no user is in it. Each part was read by itself,
/// and may lack rows or be missing altogether: who looks at one that is missing gets the failure, and <see cref="Watch"/> tells which rows
/// of those looked at are lacking.
/// </summary>
internal sealed class DashboardData
{
    private HashSet<LoyaltyException> _lacking = [];

    /// <summary>The catalog and the settings.</summary>
    public required PipelineDefinition Pipeline { get; init; }

    /// <summary>What the warehouse is called, without the folders it lies in.</summary>
    public required string Warehouse { get; init; }

    /// <summary>The written days.</summary>
    public required DashboardPart<WrittenDays> WrittenPart { get; init; }

    /// <summary>The runs that are shown, the newest first.</summary>
    public required DashboardPart<IReadOnlyList<RunRecord>> RunsPart { get; init; }

    /// <summary>Rows that each of those runs rejected, by rule.</summary>
    public required DashboardPart<IReadOnlyList<QuarantinedInRun>> RejectedPart { get; init; }

    /// <summary>All metrics, from before the days that are shown, so that each of them can be judged.</summary>
    public required DashboardPart<MetricReading> MetricsPart { get; init; }

    /// <summary>What checks found.</summary>
    public required DashboardPart<CheckHistory> ChecksPart { get; init; }

    /// <summary>The deliveries of the days that are shown, the newest first.</summary>
    public required DashboardPart<IReadOnlyList<DeliveryRecord>> DeliveriesPart { get; init; }

    /// <summary>How the users are spread over scores, and where they moved; null while no day is written.</summary>
    public required DashboardPart<EngagementFigures?> EngagementPart { get; init; }

    /// <summary>How engaged the regions are.</summary>
    public required DashboardPart<IReadOnlyList<RegionEngagement>> RegionsPart { get; init; }

    /// <summary>How features are adopted.</summary>
    public required DashboardPart<IReadOnlyList<FeatureAdoption>> AdoptionPart { get; init; }

    /// <summary>The days that are shown, whether written or not.</summary>
    public DashboardWindow Window => Use(WrittenPart).Window;

    /// <summary>Users on each written day that is shown, the earliest first.</summary>
    public IReadOnlyList<(DateOnly Day, long Users)> Days => Use(WrittenPart).Shown;

    /// <summary>The newest written day; null where there is none.</summary>
    public DateOnly? Newest => Use(WrittenPart).Newest;

    /// <inheritdoc cref="RunsPart"/>
    public IReadOnlyList<RunRecord> Runs => Use(RunsPart);

    /// <inheritdoc cref="RejectedPart"/>
    public IReadOnlyList<QuarantinedInRun> Rejected => Use(RejectedPart);

    /// <inheritdoc cref="ChecksPart"/>
    public CheckHistory Checks => Use(ChecksPart);

    /// <inheritdoc cref="DeliveriesPart"/>
    public IReadOnlyList<DeliveryRecord> Deliveries => Use(DeliveriesPart);

    /// <inheritdoc cref="EngagementPart"/>
    public EngagementFigures? Engagement => Use(EngagementPart);

    /// <inheritdoc cref="RegionsPart"/>
    public IReadOnlyList<RegionEngagement> Regions => Use(RegionsPart);

    /// <inheritdoc cref="AdoptionPart"/>
    public IReadOnlyList<FeatureAdoption> Adoption => Use(AdoptionPart);

    /// <summary>The merge that last wrote each day that was not undone since, the earliest day first.</summary>
    public IReadOnlyList<RunRecord> Merges => [.. Runs
        .Where(run => run is { Kind: RunKind.Merge or RunKind.Undo, Status: RunStatus.Succeeded, Day: not null })
        .Where(run => Window.Contains(run.Day!.Value))
        .GroupBy(run => run.Day).Select(runs => runs.First()).Where(run => run.Kind == RunKind.Merge).OrderBy(run => run.Day)];

    /// <summary>The series of a metric, by region.</summary>
    public IEnumerable<MetricSeries> SeriesOf(string metric)
    {
        _lacking.UnionWith(MetricsPart.Value.UnreadableOf(metric));
        return MetricsPart.Value.Of(metric);
    }

    /// <summary>A metric of all regions together; null where it has no figures.</summary>
    public MetricSeries? Metric(string metric) => SeriesOf(metric).FirstOrDefault(series => series.RegionCode == MetricNames.AllRegions);

    /// <summary>What of some metrics could not be read; null where all was.</summary>
    public LoyaltyException? LackOf(IEnumerable<string> metrics) => MetricsPart.Value.Lack(metrics);

    /// <summary>Looks at all figures, those too of which it is not even known what they measure.</summary>
    public void UseAllFigures() => _lacking.UnionWith(MetricsPart.Value.Unnamed);

    /// <summary>Builds something, and finds out what it lacks.</summary>
    /// <typeparam name="T">What is built.</typeparam>
    /// <param name="lacking">The rows that could not be read of those parts that it looked at.</param>
    /// <returns>What was built.</returns>
    public T Watch<T>(Func<T> build, out IReadOnlyCollection<LoyaltyException> lacking)
    {
        var outer = _lacking;
        lacking = _lacking = [];
        try
        {
            return build();
        }
        finally
        {
            _lacking = outer;
        }
    }

    private T Use<T>(DashboardPart<T> part)
    {
        _lacking.UnionWith(part.Unreadable);
        return part.Value;
    }
}

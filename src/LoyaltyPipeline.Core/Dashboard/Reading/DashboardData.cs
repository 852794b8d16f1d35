using LoyaltyPipeline.Core.Adoption;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>What the dashboard is made of, read in one state of the warehouse. Aggregates and logs; no user is in it.</summary>
internal sealed record DashboardData
{
    /// <summary>The catalog and the settings.</summary>
    public required PipelineDefinition Pipeline { get; init; }

    /// <summary>What the warehouse is called, without the folders it lies in.</summary>
    public required string Warehouse { get; init; }

    /// <summary>The days that are shown, whether written or not.</summary>
    public required DashboardWindow Window { get; init; }

    /// <summary>Users on each written day that is shown, the earliest first.</summary>
    public required IReadOnlyList<(DateOnly Day, long Users)> Days { get; init; }

    /// <summary>The runs that are shown, the newest first.</summary>
    public required IReadOnlyList<RunRecord> Runs { get; init; }

    /// <summary>Rows that each of those runs rejected, by rule.</summary>
    public required IReadOnlyList<RejectedRows> Rejected { get; init; }

    /// <summary>All metrics, from before the days that are shown, so that each of them can be judged.</summary>
    public required IReadOnlyList<MetricSeries> Metrics { get; init; }

    /// <summary>What checks found.</summary>
    public required CheckHistory Checks { get; init; }

    /// <summary>The deliveries of the days that are shown, the newest first.</summary>
    public required IReadOnlyList<DeliveryRecord> Deliveries { get; init; }

    /// <summary>How the users are spread over regions and scores, and where they moved; null while no day is written.</summary>
    public required EngagementFigures? Engagement { get; init; }

    /// <summary>How engaged the regions are.</summary>
    public required IReadOnlyList<RegionEngagement> Regions { get; init; }

    /// <summary>How features are adopted.</summary>
    public required IReadOnlyList<FeatureAdoption> Adoption { get; init; }

    /// <summary>The newest written day; null where there is none.</summary>
    public DateOnly? Newest => Days.Count == 0 ? null : Days[^1].Day;

    /// <summary>The merge that last wrote each day, the earliest day first.</summary>
    public IReadOnlyList<RunRecord> Merges => [.. Runs
        .Where(run => run is { Kind: RunKind.Merge, Status: RunStatus.Succeeded, Day: not null } && Window.Contains(run.Day.Value))
        .GroupBy(run => run.Day).Select(runs => runs.First()).OrderBy(run => run.Day)];

    /// <summary>A metric of all regions together; null where it has no figures.</summary>
    /// <param name="metric">Its name.</param>
    public MetricSeries? Metric(string metric) => Metrics.FirstOrDefault(series => series.Metric == metric && series.RegionCode == MetricNames.AllRegions);
}

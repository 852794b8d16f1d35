using LoyaltyPipeline.Core.Adoption;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Reads what the dashboard is made of.</summary>
/// <param name="pipeline">The catalog and the settings.</param>
/// <param name="session">A session that sees one state of the warehouse.</param>
internal sealed class DashboardReader(PipelineDefinition pipeline, IWarehouseSession session)
{
    /// <summary>Reads.</summary>
    /// <param name="warehouse">What the warehouse is called.</param>
    /// <param name="days">How many days are shown.</param>
    /// <param name="cancellationToken">Cancels the query at hand.</param>
    public async Task<DashboardData> ReadAsync(string warehouse, int days, CancellationToken cancellationToken)
    {
        var written = await session.ListAsync(
            "SELECT SNAPSHOT_DATE, ROW_COUNT FROM LOYALTY.SNAPSHOT ORDER BY SNAPSHOT_DATE", [], reader => (Day: reader.DateAt(0)!.Value, Users: reader.LongAt(1)), cancellationToken);
        var last = written.Count == 0 ? DateOnly.MinValue.AddDays(days) : written[^1].Day;
        var window = new DashboardWindow(last.AddDays(1 - days), last);
        var runs = await ReadRunsAsync(days, cancellationToken);
        return new DashboardData
        {
            Pipeline = pipeline,
            Warehouse = warehouse,
            Window = window,
            Days = [.. written.Where(day => window.Contains(day.Day))],
            Runs = runs,
            Rejected = runs.Count == 0 ? [] : await ReadRejectedAsync(runs[^1].RunId, cancellationToken),
            Metrics = written.Count == 0 ? [] : await ReadMetricsAsync(window, cancellationToken),
            Checks = await new CheckHistoryReader(session, CheckList.EnabledIds(pipeline.Catalog, pipeline.Config)).ReadAsync(cancellationToken),
            Deliveries = await ReadDeliveriesAsync(window, cancellationToken),
            Regions = await new RegionReader(session).ReadAsync(cancellationToken),
            Adoption = written.Count == 0 ? [] : await AdoptionReader.ReadAsync(session, last, cancellationToken),
            Engagement = written.Count == 0 ? null : await new EngagementReader(session).ReadAsync([.. written.Select(day => day.Day)], cancellationToken),
        };
    }

    // A replay writes many days in one hour; what is shown goes by when runs ran.
    private async Task<IReadOnlyList<RunRecord>> ReadRunsAsync(int days, CancellationToken cancellationToken)
    {
        var newest = (await session.ListAsync("SELECT MAX(STARTED_AT) FROM LOYALTY.RUN", [], reader => reader.TimeAt(0), cancellationToken))[0];
        return newest is { } time ? await RunReader.ReadAsync(session, new SqlFilter().And("STARTED_AT > ?", time.AddDays(-days)), last: null, cancellationToken) : [];
    }

    private Task<IReadOnlyList<RejectedRows>> ReadRejectedAsync(string firstRunId, CancellationToken cancellationToken) => session.ListAsync(
        "SELECT RUN_ID, RULE, COUNT(*) FROM LOYALTY.QUARANTINE WHERE RUN_ID >= ? GROUP BY RUN_ID, RULE ORDER BY RUN_ID, RULE",
        [firstRunId],
        reader => new RejectedRows(reader.GetString(0), reader.GetString(1), reader.LongAt(2)),
        cancellationToken);

    // The first day that is shown is judged by those before it.
    private Task<IReadOnlyList<MetricSeries>> ReadMetricsAsync(DashboardWindow window, CancellationToken cancellationToken)
    {
        var anomalies = pipeline.Config.Integrity.Anomalies;
        return MetricReader.ReadAsync(session, window.First.AddDays(-anomalies.WindowDays - anomalies.MinimumDays), window.Last, cancellationToken);
    }

    private Task<IReadOnlyList<DeliveryRecord>> ReadDeliveriesAsync(DashboardWindow window, CancellationToken cancellationToken) =>
        DeliveryReader.ReadAsync(session, new SqlFilter().And("RUN_DATE >= ?", window.First), last: null, cancellationToken);
}

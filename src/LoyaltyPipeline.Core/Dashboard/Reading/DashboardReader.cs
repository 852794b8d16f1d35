using LoyaltyPipeline.Core.Adoption;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Dashboard.Tabs;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Integrity.Scanning;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Reads what the dashboard is made of, each part by itself: what cannot be read costs the panels that show it.</summary>
internal sealed class DashboardReader(PipelineDefinition pipeline, IWarehouseSession session)
{
    private static readonly StoredTable Snapshot = new(SnapshotDay.Table, KeyColumns: 1);
    private static readonly StoredTable Quarantine = new("LOYALTY.QUARANTINE", KeyColumns: 2);

    private readonly ReadSnapshot _snapshot = new(session);

    /// <summary>Reads.</summary>
    /// <param name="warehouse">What the warehouse is called.</param>
    /// <param name="days">How many days are shown.</param>
    public async Task<DashboardData> ReadAsync(string warehouse, int days, CancellationToken cancellationToken)
    {
        await _snapshot.BeginAsync(cancellationToken);
        var written = await PartAsync(unreadable => ReadDaysAsync(days, unreadable, cancellationToken), cancellationToken);
        var runs = await PartAsync(unreadable => ReadRunsAsync(days, unreadable, cancellationToken), cancellationToken);
        var data = new DashboardData
        {
            Pipeline = pipeline,
            Warehouse = warehouse,
            WrittenPart = written,
            RunsPart = runs,
            RejectedPart = await PartAsync(unreadable => ReadRejectedAsync(runs.Value, unreadable, cancellationToken), cancellationToken),
            MetricsPart = await PartAsync(_ => ReadMetricsAsync(written.Value, cancellationToken), cancellationToken),
            ChecksPart = await PartAsync(
                unreadable => new CheckHistoryReader(
                    session, CheckList.EnabledIds(pipeline.Catalog, pipeline.Config), unreadable).ReadAsync(cancellationToken),
                    cancellationToken),
            DeliveriesPart = await PartAsync(
                unreadable => ReadDeliveriesAsync(written.Value.Window, unreadable, cancellationToken), cancellationToken),
            RegionsPart = await PartAsync(
                unreadable => new RegionReader(session, pipeline.Catalog.Master).ReadAsync(unreadable, cancellationToken),
                cancellationToken),
            AdoptionPart = await PartAsync(
                unreadable => ReadAdoptionAsync(written.Value.Newest, unreadable, cancellationToken), cancellationToken),
            EngagementPart = await PartAsync(
                unreadable => ReadEngagementAsync(written.Value, unreadable, cancellationToken), cancellationToken),
        };
        await session.RollbackAsync();
        return data;
    }

    private async Task<DashboardPart<T>> PartAsync<T>(Func<Action<LoyaltyException>, Task<T>> read, CancellationToken cancellationToken)
    {
        var unreadable = new List<LoyaltyException>();
        try
        {
            return new DashboardPart<T>(await read(unreadable.Add), failure: null, unreadable);
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed
            || failure.Definition == LoyaltyErrors.QueryCancelled)
        {
            await _snapshot.RenewAsync(cancellationToken);
            return new DashboardPart<T>(default, failure, unreadable);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or LoyaltyException))
        {
            // Drivers fail in ways of their own over types that nobody expects. Their words may hold a value of a row.
            await _snapshot.RenewAsync(cancellationToken);
            return new DashboardPart<T>(
                default,
                LoyaltyErrors.UnexpectedFailure.Because($"{LoyaltyErrors.UnexpectedFailure.Id}, {failure.GetType().Name}.", cause: failure),
                unreadable);
        }
    }

    private async Task<WrittenDays> ReadDaysAsync(int days, Action<LoyaltyException> unreadable, CancellationToken cancellationToken)
    {
        var written = (await session.ListAsync(
                Snapshot, "SELECT SNAPSHOT_DATE, ROW_COUNT FROM LOYALTY.SNAPSHOT ORDER BY SNAPSHOT_DATE", [],
                row => (Day: row.Day(0), Users: row.Whole(1)), unreadable, cancellationToken))
            .Once(Snapshot, day => day.Day, day => $"the day {day:yyyy-MM-dd}", unreadable);
        var last = written.Count == 0 ? DateOnly.MinValue.AddDays(days) : written[^1].Day;
        return new WrittenDays(written, new DashboardWindow(last.AddDays(1 - days), last));
    }

    // A replay writes many days in one hour; what is shown goes by when runs ran.
    private async Task<IReadOnlyList<RunRecord>> ReadRunsAsync(
        int days, Action<LoyaltyException> unreadable, CancellationToken cancellationToken)
    {
        var newest =
            (await session.ListAsync("SELECT MAX(STARTED_AT) FROM LOYALTY.RUN", [], reader => reader.TimeAt(0), cancellationToken))[0];
        if (newest is not { } time)
            return [];
        return (await RunReader.ReadAsync(
            session, new SqlFilter().And("(STARTED_AT > ? OR STARTED_AT IS NULL)", time.AddDays(-days)), last: null, unreadable,
            cancellationToken))
            .Once(RunReader.Table, run => run.RunId, id => $"the run {id}", unreadable);
    }

    private async Task<IReadOnlyList<QuarantinedInRun>> ReadRejectedAsync(
        IReadOnlyList<RunRecord> runs, Action<LoyaltyException> unreadable,
        CancellationToken cancellationToken) => runs.Count == 0 ? [] : await session.ListAsync(
        Quarantine,
        "SELECT RUN_ID, RULE, COUNT(*) FROM LOYALTY.QUARANTINE WHERE RUN_ID >= ? GROUP BY RUN_ID, RULE ORDER BY RUN_ID, RULE",
        [runs[^1].RunId],
        row => new QuarantinedInRun(row.Text(0), row.Text(1), row.Whole(2)),
        unreadable,
        cancellationToken);

    // The first day that is shown is judged by those before it.
    private async Task<MetricReading> ReadMetricsAsync(WrittenDays written, CancellationToken cancellationToken)
    {
        var anomalies = pipeline.Config.Integrity.Anomalies;
        return written.Newest is null
            ? new MetricReading([], [])
            : await MetricReader.ReadAsync(
                session, written.Window.First.AddDays(-anomalies.WindowDays - anomalies.MinimumDays), written.Window.Last, Top.Regions,
                cancellationToken);
    }

    private async Task<IReadOnlyList<DeliveryRecord>> ReadDeliveriesAsync(
        DashboardWindow window, Action<LoyaltyException> unreadable, CancellationToken cancellationToken) =>
        (await DeliveryReader.ReadAsync(
            session, new SqlFilter().And("(RUN_DATE >= ? OR RUN_DATE IS NULL)", window.First), last: null, unreadable, cancellationToken))
            .Once(DeliveryReader.Table, delivery => delivery.SequenceNumber, number => $"the delivery {number}", unreadable);

    private async Task<IReadOnlyList<FeatureAdoption>> ReadAdoptionAsync(
        DateOnly? newest, Action<LoyaltyException> unreadable, CancellationToken cancellationToken) =>
        newest is { } day ? await AdoptionReader.ReadAsync(session, day, unreadable, cancellationToken) : [];

    private async Task<EngagementFigures?> ReadEngagementAsync(
        WrittenDays written, Action<LoyaltyException> unreadable, CancellationToken cancellationToken) =>
        written.All.Count == 0
            ? null
            : await new EngagementReader(session, unreadable).ReadAsync([.. written.All.Select(day => day.Day)], cancellationToken);
}

using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;
using LoyaltyPipeline.Core.Dashboard.Tabs;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Outputs;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Core.Dashboard;

/// <summary>
/// Makes the dashboard: one HTML file that needs nothing else. What it shows is read in one state of the warehouse and consists of
/// aggregates and of the pipeline's own logs; equal states give equal bytes.
/// </summary>
public sealed class PipelineDashboard(PipelineDefinition pipeline)
{
    private const string ContentType = "text/html; charset=utf-8";

    private static readonly string[] Extensions = [".html", ".htm"];

    /// <summary>Makes it, and stores it at the destination if there is one.</summary>
    /// <param name="options">What it shows and where it goes.</param>
    /// <param name="cancellationToken">Gives up; a file that is there stays as it is.</param>
    /// <exception cref="LoyaltyException">
    /// <c>WarehouseNotInitialized</c>, <c>ReportFormatUnknown</c>, <c>ReportUnwritable</c>, <c>QueryFailed</c>, those of reaching the
    /// sources' files, and those of the destination, whose ids begin with <c>Destination</c>.
    /// </exception>
    public async Task<FileInfo> ExportAsync(
        IWarehouse warehouse, DashboardOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var file = PlaceOf(warehouse, options.Path);
        file.DemandWritable();
        await using var store = options.Destination is { } destination
            ? ObjectStores.Open(destination, options.S3 ?? new S3Settings())
            : null;
        if (store is not null)
            await store.CheckAsync(cancellationToken);
        var document = await DescribeAsync(warehouse, options.Days, options.LockWait, reporter, cancellationToken);
        file.Write(
            stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                DashboardPage.Write(document, writer);
            },
            cancellationToken);
        if (store is not null)
            await StoreAsync(store, options.Path, cancellationToken);
        return new FileInfo(options.Path);
    }

    /// <summary>Makes sure that a file can be the dashboard's, without touching it.</summary>
    /// <exception cref="LoyaltyException"><c>ReportFormatUnknown</c>, <c>ReportUnwritable</c>.</exception>
    public void DemandPlace(IWarehouse warehouse, string path) => PlaceOf(warehouse, path);

    private ReportFile PlaceOf(IWarehouse warehouse, string path)
    {
        if (!Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw LoyaltyErrors.ReportFormatUnknown.Because(
                $"The dashboard {path} has a name that does not say that it is a page.", path, "Give the file a name that ends in .html.");
        var file = new ReportFile(path);
        file.DemandPlace();
        file.DemandApart(new ProtectedFiles(warehouse, pipeline));
        return file;
    }

    /// <summary>Finds out what the dashboard says.</summary>
    internal async Task<DashboardDocument> DescribeAsync(
        IWarehouse warehouse, int days, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var opened = await PipelineSession.OpenAsync(warehouse, pipeline, wait, reporter, cancellationToken);
        var session = opened.Session;
        await SchemaReader.RequireInitializedAsync(
            session, cancellationToken, [.. DeliveryLog.Tables, MetricLog.Table, CheckResultLog.Table]);
        reporter.Progress(new RunProgress("Making the dashboard", "Reading", Percent: null));
        return Describe(await new DashboardReader(pipeline, session).ReadAsync(NameOf(warehouse), days, cancellationToken));
    }

    private static DashboardDocument Describe(DashboardData data)
    {
        var alone = new Alone(data);
        DashboardTab[] others =
        [
            alone.Tab("load", "Load performance", () => new LoadTab(data).Build()),
            alone.Tab("anomalies", "Anomalies", () => new AnomaliesTab(data).Build()),
            alone.Tab("integrity", "Integrity", () => new IntegrityTab(data).Build()),
            alone.Tab("engagement", "Engagement", () => new EngagementTab(data).Build()),
            alone.Tab("adoption", "Feature adoption", () => new AdoptionTab(data).Build()),
            alone.Tab("deliveries", "Deliveries", () => new DeliveriesTab(data).Build()),
            alone.Tab("catalog", "Catalog", () => CatalogTab.Of(data.Pipeline).Build()),
        ];
        var newest = alone.Text(
            () => data.Newest is { } day
                ? $"as of {Written.Day(day)}, {Written.Count(data.Days.Count, "written day")} shown"
                : "no day has been merged yet");
        var latest = alone.Text(
            () => data.Runs.Count > 0 ? $"; the latest run began {Written.Time(data.Runs[0].StartedAt)} UTC" : string.Empty);
        return new DashboardDocument(
            "Loyalty pipeline", $"{data.Warehouse}: {newest}{latest}", [new OverviewTab(data, others).Build(), .. others]);
    }

    // The folders of a file are nobody's business who reads the page.
    private static string NameOf(IWarehouse warehouse) =>
        $"{(Path.IsPathRooted(warehouse.Location) ? Path.GetFileName(warehouse.Location) : warehouse.Location)} ({warehouse.Dialect.Engine})";

    // A store may take the file it is given.
    private static async Task StoreAsync(IObjectStore store, string path, CancellationToken cancellationToken)
    {
        using var folder = ScratchFolder.Temporary("dashboard");
        var copy = Path.Combine(folder.Path, "page");
        File.Copy(path, copy);
        await store.UploadAsync(Path.GetFileName(path), copy, ContentType, static _ => { }, cancellationToken);
    }
}

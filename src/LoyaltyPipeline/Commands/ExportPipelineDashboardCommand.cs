using System.Management.Automation;
using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>
/// Makes the dashboard: one HTML file that shows whether the pipeline is sound, where its time goes, and what it says of the users.
/// </summary>
/// <remarks>
/// <para>
/// The file needs nothing else: it opens without network from wherever it lies, and sends nothing anywhere. Its tabs are Overview, Load
/// performance, Anomalies, Integrity, Engagement, Feature adoption, Deliveries and Catalog; below each chart are its data as a table. What
/// is missing, such as deliveries where there were none, is said in words. Each panel is made by itself: one that needs something that
/// cannot be read says so, and the others are there. Of many regions and features the 40 of most users and of most adopters are shown, and
/// the panel says what it leaves out.
/// </para>
/// <para>
/// It holds aggregates and the pipeline's own logs. No user is in it, and what concerns fewer than five users is put together with others
/// or left out.
/// </para>
/// <para>
/// What is read is one state of the warehouse; no lock is held. Equal states give equal files. A file that is there is replaced whole, or
/// stays.
/// </para>
/// </remarks>
/// <example>
/// <code>Export-PipelineDashboard dashboard.html</code>
/// Shows the ninety days up to the newest written one.
/// </example>
/// <example>
/// <code>Export-PipelineDashboard dashboard.html -Days 400 -Destination s3://reports/loyalty</code>
/// Shows more than a year, and stores the page as s3://reports/loyalty/dashboard.html too.
/// </example>
[Cmdlet(VerbsData.Export, "PipelineDashboard", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPipelineDashboardCommand : PipelineCmdlet, IDynamicParameters
{
    private const int DefaultDays = 90;
    private const int MostDays = 3660;

    private readonly S3Parameters _s3 = new();

    /// <summary>The file to write, for example dashboard.html. Its name ends in .html.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>How many days to show, up to the newest written one.</summary>
    [Parameter]
    [ValidateRange(1, MostDays)]
    [WholeNumberTransformation]
    public int Days { get; set; } = DefaultDays;

    /// <summary>Where to store the page besides, under the name of the file: a folder, or s3://bucket/prefix.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _s3;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        var path = await ResolvePathAsync(Path);
        var destination = Destination is null ? null : await ResolveDestinationAsync(Destination);
        var dashboard = new PipelineDashboard(pipeline);
        dashboard.DemandPlace(warehouse, path);
        var where = $"{path}{(destination is null ? string.Empty : $" and {destination}")}";
        if (!await ShouldProcessAsync($"Write the dashboard of {warehouse.Location} to {where}", $"Write the dashboard to {where}?"))
            return;
        var options = new DashboardOptions(path, Days, destination, _s3.Over(new S3Settings()), LockWait);
        var file = await dashboard.ExportAsync(warehouse, options, Reporter, cancellationToken);
        await WriteFileAsync(file);
    }
}

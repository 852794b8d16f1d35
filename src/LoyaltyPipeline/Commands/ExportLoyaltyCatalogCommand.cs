using System.Management.Automation;
using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>
/// Writes the catalog: every table and column with its meaning, type, rules and personal data, what refers to what, what is made of what,
/// and who is sent it.
/// </summary>
/// <remarks>
/// <para>
/// It is made from catalog.yml, Master_Table.sql, the views and pipeline.yml, and needs no warehouse. Html is one page, catalog.html, that
/// opens without network and can be searched; Markdown is README.md with two pictures, erd.svg and lineage.svg, which code hosts show. The
/// Catalog tab of the dashboard shows the same.
/// </para>
/// <para>
/// Lineage goes from the columns of the sources to Master, to History and the views, and to the consumers with what becomes of personal
/// data. Beside each column of Master stands the piece of SQL that makes it.
/// </para>
/// <para>
/// With -Warehouse it also tells of each table how many rows it has, how new they are against their limit, and what the last test run found.
/// Without, the same catalog gives the same bytes: commit the files, and let -Check fail where they say something else than the catalog.
/// </para>
/// </remarks>
/// <example>
/// <code>Export-LoyaltyCatalog ./catalog</code>
/// Writes the page and the Markdown.
/// </example>
/// <example>
/// <code>Export-LoyaltyCatalog ./docs/catalog -Format Markdown -Check</code>
/// Writes nothing, and fails with CatalogStale where what is there is not what would be written.
/// </example>
[Cmdlet(VerbsData.Export, "LoyaltyCatalog", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLoyaltyCatalogCommand : PipelineCmdlet
{
    /// <summary>The folder to write to; made if need be.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The formats; both where it is not given.</summary>
    [Parameter]
    [NamesTransformation(TakesSeveral = true)]
    [ValidateNotNullOrEmpty]
    public CatalogFormat[] Format { get; set; } = [CatalogFormat.Html, CatalogFormat.Markdown];

    /// <summary>Compares instead of writing; what is not as it would be written is an error.</summary>
    [Parameter]
    public SwitchParameter Check { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var pipeline = await LoadPipelineAsync(cancellationToken);
        var folder = await ResolvePathAsync(Path);
        // The session's warehouse does not count: the same command is to give the same files wherever it runs.
        var warehouse = MyInvocation.BoundParameters.ContainsKey(nameof(Warehouse)) ? await OpenWarehouseAsync(cancellationToken) : null;
        var files = await new CatalogExport(pipeline).MakeAsync(Format, warehouse, LockWait, Reporter, cancellationToken);
        if (Check)
        {
            CatalogExport.Check(folder, files);
            return;
        }

        var names = string.Join(", ", files.Keys);
        if (!await ShouldProcessAsync($"Write {names} to {folder}", $"Write {names} to {folder}?"))
            return;
        foreach (var file in CatalogExport.Write(folder, files, cancellationToken))
            await WriteFileAsync(file);
    }
}

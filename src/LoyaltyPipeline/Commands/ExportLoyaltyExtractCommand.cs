using System.Management.Automation;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Extracts;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Writes a view for readers into a file, for tools such as Tableau and Power BI.</summary>
/// <remarks>
/// <para>
/// Only views that hold aggregates are extracted: adoption and engagement by region, segments by day, health of runs. Press Tab after -View
/// to see them. Single users are sent to consumers by Export-EngagementSegment.
/// </para>
/// <para>
/// The file replaces the one that was there, whole or not at all, and then the JSON beside it, which names and describes the columns and
/// tells rows, size and SHA-256: where the hash fits the file, both belong together. The same rows give the same bytes. Text cells of CSV
/// that a spreadsheet would run as a formula are put behind an apostrophe; Parquet has them as they are. A folder that does not exist is
/// made. A file of a delivery, or of the pipeline, is never replaced, nor is a JSON beside the file that is no such description.
/// </para>
/// <para>
/// Keys for S3 come from a profile or from where the AWS SDK looks for them, never from the command line.
/// </para>
/// </remarks>
/// <example>
/// <code>Export-LoyaltyExtract FEATURE_ADOPTION_BY_REGION -Path adoption.parquet</code>
/// Writes adoption.parquet and adoption.json.
/// </example>
/// <example>
/// <code>'ENGAGEMENT_BY_REGION', 'SEGMENT_TREND' | Export-LoyaltyExtract -Destination s3://bi-drop/loyalty -Format Csv</code>
/// Writes two views into a bucket, as CSV.
/// </example>
/// <example>
/// <code>Export-LoyaltyExtract RUN_HEALTH -Destination ./bi -WhatIf</code>
/// Says how many rows would go where, and whether a folder would be made for it.
/// </example>
[Cmdlet(VerbsData.Export, "LoyaltyExtract", SupportsShouldProcess = true, DefaultParameterSetName = DestinationSet)]
[OutputType(typeof(ExtractResult))]
public sealed class ExportLoyaltyExtractCommand : PipelineCmdlet, IDynamicParameters
{
    private const string DestinationSet = "Destination";
    private const string PathSet = "Path";

    private readonly S3Parameters _s3 = new();

    /// <summary>
    /// The views, with or without their schema; * and ? stand for any characters and any one. A name in full that no view has is an error,
    /// after which the others go on. With -Path it is one view.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ReaderViewCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] View { get; set; } = [];

    /// <summary>
    /// The file. Its name says how it is written: .parquet, .csv or .jsonl, text with .gz or .zst where it is compressed.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Where to: a folder, or s3://bucket/prefix. The file is named after the view.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DestinationSet)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Parquet, Csv or JsonLines; Parquet where it is not given.</summary>
    [Parameter]
    [NamesTransformation]
    public FileFormat? Format { get; set; }

    /// <summary>None, Gzip or Zstd; where it is not given, Gzip for Parquet and None for text.</summary>
    [Parameter]
    [NamesTransformation]
    public FileCompression? Compression { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _s3;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var views = ExtractView.FindAll((await LoadPipelineAsync(cancellationToken)).Catalog, View, Reporter.NotFound);
        if (ParameterSetName == PathSet && views.Count > 1)
            throw LoyaltyErrors.DeliveryInvalid.Because(
                $"{Path} is one file, and {string.Join(", ", View)} are {views.Count} views.", Path,
                "Give -Destination, a folder; each file is named after its view.");
        foreach (var view in views)
            await WriteAsync(view, cancellationToken);
    }

    private async Task WriteAsync(CatalogTable view, CancellationToken cancellationToken)
    {
        var options = ParameterSetName == PathSet
            ? ToFile(await ResolvePathAsync(Path))
            : To(await ResolveDestinationAsync(Destination), ExtractFile.Of(Format, Compression));
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var where = options.MakesFolder
            ? $"{options.Place}, and make the folder {options.Destination}, which does not exist"
            : options.Place;
        var planOnly = !await ShouldProcessAsync($"Write {view} from {warehouse.Location} to {where}", $"Write {view} to {where}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        await WriteObjectAsync(
            await ExtractWriter.WriteAsync(
                warehouse, await LoadPipelineAsync(cancellationToken), options with { PlanOnly = planOnly }, cancellationToken));

        ExtractOptions To(string destination, ExtractFile file) =>
            new(view, destination, FileName: null, file.Format, file.Compression, _s3.Over(new S3Settings()));

        ExtractOptions ToFile(string path) =>
            To(
                System.IO.Path.GetDirectoryName(path)!,
                ExtractFile.Of(path, Format, Compression)) with
            { FileName = System.IO.Path.GetFileName(path) };
    }
}

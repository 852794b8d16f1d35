using System.Management.Automation;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Delivers an engagement segment to a consumer, as files on S3 or in a folder.</summary>
/// <remarks>
/// <para>
/// Marketing is sent the highly engaged users who agreed and whose account is active, CustomerSuccess those of low engagement; pipeline.yml
/// gives them a destination, changes their settings and adds others. Addresses and numbers are hashed and names left out, unless the
/// consumer's redaction says otherwise; it can also make the hashes that Google and Meta find people by, HMAC, and numbers as E.164.
/// Whoever is in LOYALTY.SUPPRESSION is sent to nobody.
/// </para>
/// <para>
/// Files go to consumer/segment/run_date=day/delivery-id/ and are named in a manifest.json, which is written last: where there is a
/// manifest, all is there. Then latest.json is moved, unless another delivery has moved it meanwhile. The same delivery again sends
/// nothing, unless files of it are gone or cut off. What an interrupted delivery left behind is completed or removed by the next one.
/// </para>
/// <para>
/// Before anything is sent, the audience is compared with that of the last delivery: nobody where there was somebody, or 30 % more or
/// fewer, stops it. -Force lets it pass and is recorded. -Mode Diff sends what was added, changed and removed since the consumer was last
/// sent something.
/// </para>
/// <para>
/// On Snowflake the files can go through an external stage at the destination, without passing this machine: it reads them back, for the
/// manifest, and writes the manifest itself.
/// </para>
/// <para>
/// Keys for S3 come from a profile or from where the AWS SDK looks for them, never from the command line. about_LoyaltyDelivery has the
/// settings and the formats.
/// </para>
/// </remarks>
/// <example>
/// <code>Export-EngagementSegment Marketing -Destination s3://marketing-drop/loyalty</code>
/// Delivers the highly engaged users of the newest day.
/// </example>
/// <example>
/// <code>Export-EngagementSegment Marketing -Destination ./drop -WhatIf</code>
/// Says how many rows and bytes would go where, who would be left out, and which guards would trip.
/// </example>
/// <example>
/// <code>Export-EngagementSegment -Segment LowEngagement -Destination ./drop -Format Parquet -Compression Zstd -Column USER_ID, ENGAGEMENT_*</code>
/// Delivers some columns of a segment without a configured consumer.
/// </example>
/// <example>
/// <code>Export-EngagementSegment CustomerSuccess -Mode Diff</code>
/// Delivers what changed since the last delivery, to where pipeline.yml says.
/// </example>
/// <example>
/// <code>Export-EngagementSegment Marketing -Destination s3://marketing-drop/loyalty -Stage '@MARKETING_STAGE/loyalty'</code>
/// Has Snowflake write the files, through a stage that lies at s3://marketing-drop.
/// </example>
[Cmdlet(VerbsData.Export, "EngagementSegment", SupportsShouldProcess = true)]
[OutputType(typeof(DeliveryResult))]
public sealed class ExportEngagementSegmentCommand : PipelineCmdlet, IDynamicParameters
{
    private readonly S3Parameters _s3 = new();

    private bool _isUnknown;

    /// <summary>
    /// The consumer: one of pipeline.yml, Marketing or CustomerSuccess. Another name is taken with -Segment and -Destination.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConsumerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Consumer { get; set; }

    /// <summary>The segment, such as HighlyEngaged or 'Highly Engaged'; that of the consumer where it is not given.</summary>
    [Parameter]
    [SegmentTransformation]
    public EngagementSegment? Segment { get; set; }

    /// <summary>Where to: a folder, or s3://bucket/prefix.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>
    /// On Snowflake an external stage, and a path in it, that lies at the destination, such as @MARKETING_STAGE/loyalty: Snowflake then
    /// writes the files there itself. An empty text for none, where the consumer's settings name one.
    /// </summary>
    [Parameter]
    [AllowEmptyString]
    public string? Stage { get; set; }

    /// <summary>Csv, Parquet or JsonLines.</summary>
    [Parameter]
    [NamesTransformation]
    public FileFormat? Format { get; set; }

    /// <summary>None, Gzip or Zstd.</summary>
    [Parameter]
    [NamesTransformation]
    public FileCompression? Compression { get; set; }

    /// <summary>The columns of Master, in their order; * and ? stand for any characters and any one. USER_ID must be among them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MasterColumnCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Column { get; set; }

    /// <summary>Full sends everybody, Diff what was added, changed or removed since the last delivery.</summary>
    [Parameter]
    [NamesTransformation]
    public DeliveryMode Mode { get; set; } = DeliveryMode.Full;

    /// <summary>The day to deliver; the newest where it is not given. Who has withdrawn consent since is not sent.</summary>
    [Parameter]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(WrittenDayCompleter))]
    public DateOnly? AsOf { get; set; }

    /// <summary>Lets the delivery pass guards that trip; they are warned of and recorded.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _s3;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        // What the call itself says is looked at first, also where nothing comes by the pipeline: a script can ask so before it does
        // anything else.
        if (Consumer is null && Segment is null)
            return;
        var pipeline = await LoadPipelineAsync(cancellationToken);
        if (DemandKnown(pipeline))
            await ChooseAsync(pipeline);
        else
            _isUnknown = true;
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (_isUnknown)
            return;
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        if (!DemandKnown(pipeline))
            return;

        var consumer = await ChooseAsync(pipeline);
        var what = $"{SegmentNames.Of(consumer.Segment)} to {consumer.Name} at {consumer.Destination}";
        var planOnly = !await ShouldProcessAsync($"Deliver {what} from {warehouse.Location}", $"Deliver {what}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        var options = new DeliveryOptions(consumer, Mode, AsOf, Force, planOnly, LockWait);
        await WriteObjectAsync(await new DeliveryRunner(pipeline).DeliverAsync(warehouse, options, Reporter, cancellationToken));
    }

    // What is delivered to the others that come by the pipeline goes on.
    private bool DemandKnown(PipelineDefinition pipeline)
    {
        if (Consumer is null || Segment is not null || pipeline.Config.Consumers.ContainsKey(Consumer))
            return true;
        Reporter.NotFound(ConsumerList.Unknown(pipeline.Config.Consumers, Consumer));
        return false;
    }

    private async Task<Consumer> ChooseAsync(PipelineDefinition pipeline)
    {
        var consumer = pipeline.Config.Consumers.Find(Consumer, Segment);
        var chosen = consumer with
        {
            Segment = Segment ?? consumer.Segment,
            Destination = Destination is null ? consumer.Destination : await ResolveDestinationAsync(Destination),
            Stage = Stage is null ? consumer.Stage : Stage.Length == 0 ? null : StageLocation.Parse(Stage),
            Format = Format ?? consumer.Format,
            Compression = Compression ?? consumer.Compression,
            Columns = Column ?? consumer.Columns,
            S3 = _s3.Over(consumer.S3),
        };
        if (chosen.Destination is null)
            throw LoyaltyErrors.DestinationInvalid.Because($"The consumer {chosen.Name} has no destination.", chosen.Name);
        // Whoever asks for encryption must not believe that a folder has it.
        return _s3.Over(new S3Settings()).WantsEncryption && !DestinationText.IsS3(chosen.Destination)
            ? throw LoyaltyErrors.DestinationInvalid.Because(
                $"-Encryption and -KmsKeyId hold only on S3, and {chosen.Destination} is a folder.", chosen.Destination)
            : chosen;
    }
}

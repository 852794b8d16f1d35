using System.Management.Automation;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Steps;

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
/// What Test-PipelineIntegrity emits can be piped: the deliveries begin once all results are there, from the same warehouse and by the same
/// configuration where they are given there. If a check failed or could not be made, nothing is delivered, which is NotSound; -Force
/// delivers all the same, and log and manifest say so. Nothing is delivered either where an error was reported before, which is StepFailed,
/// or where nothing came, which is warned of. The day is the newest, unless -AsOf names another, whatever day was merged.
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
/// <code>Test-PipelineIntegrity | Export-EngagementSegment Marketing, CustomerSuccess -Destination ./drop</code>
/// Delivers to both, if no check fails.
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
public sealed class ExportEngagementSegmentCommand : FollowingCmdlet, IDynamicParameters
{
    private readonly S3Parameters _s3 = new();

    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The consumers: those of pipeline.yml, Marketing or CustomerSuccess; * and ? stand for any characters and any one, and find those that
    /// have a destination. Another name is taken with -Segment and -Destination. Of several, one that cannot be delivered to is an error,
    /// after which the others go on.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConsumerCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Consumer { get; set; } = [];

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

    /// <summary>
    /// Lets the delivery pass guards that trip, and checks that failed; they are warned of and recorded.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// What Test-PipelineIntegrity emitted, where nothing is delivered if a check failed, what Invoke-LoyaltyMerge emitted, or names of
    /// consumers. The deliveries begin when all of it is there, from the same warehouse.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    public override PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _s3;

    /// <inheritdoc/>
    private protected override string Takes =>
        "what Test-PipelineIntegrity or Invoke-LoyaltyMerge emits, and from names of consumers";

    /// <inheritdoc/>
    private protected override string Undone => "delivered nothing";

    // Where something comes down the pipeline, the configuration may come with it.
    private bool MayBeToldConfig => MyInvocation.ExpectingInput && Config is null;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        // What the call itself says is looked at first, also where nothing comes by the pipeline: a script can ask so before it does
        // anything else.
        if (!MayBeToldConfig)
            await CheckCallAsync(cancellationToken);
    }

    /// <inheritdoc/>
    private protected override async Task NothingCameAsync(CancellationToken cancellationToken)
    {
        if (MayBeToldConfig)
            await CheckCallAsync(cancellationToken);
        await base.NothingCameAsync(cancellationToken);
    }

    /// <inheritdoc/>
    private protected override bool CanFollow(object value) => value is CheckResult or MergeResult or bool or string;

    /// <inheritdoc/>
    private protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        var unsound = await FindUnsoundAsync();
        var pipeline = await LoadPipelineAsync(cancellationToken);
        var consumers = await FindConsumersAsync(pipeline);
        if (consumers.Count == 0)
            return;
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        foreach (var consumer in consumers)
        {
            try
            {
                await DeliverAsync(warehouse, pipeline, consumer, unsound, cancellationToken);
            }
            catch (LoyaltyException exception) when (NamesSeveral)
            {
                // What keeps one consumer from its delivery is no reason to keep the others waiting.
                await WriteErrorAsync(exception);
            }
        }
    }

    private List<string> Named => [.. Consumer.Concat(Received.OfType<string>()).Distinct(StringComparer.OrdinalIgnoreCase)];

    private bool NamesSeveral => Named.Count > 1 || Named.Exists(NameMatch.IsPattern);

    private async Task CheckCallAsync(CancellationToken cancellationToken)
    {
        if (Consumer.Length > 0 || Segment is not null)
            await FindConsumersAsync(await LoadPipelineAsync(cancellationToken));
    }

    // With -WhatIf it is among the guards that would trip.
    private async Task<string?> FindUnsoundAsync()
    {
        var against = Received.OfType<bool>().Contains(false)
            ? ("Test-PipelineIntegrity -Quiet said that not all is sound", [])
            : CheckVerdict.Against([.. Received.OfType<CheckResult>()]);
        return against is not { } found || Force || await IsWhatIfAsync()
            ? against?.Reason
            : throw LoyaltyErrors.NotSound.Because($"Nothing was delivered: {found.Reason}.", found.Checks);
    }

    private async Task DeliverAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, Consumer consumer, string? unsound, CancellationToken cancellationToken)
    {
        var what = $"{SegmentNames.Of(consumer.Segment)} to {consumer.Name} at {consumer.Destination}";
        var planOnly = !await ShouldProcessAsync($"Deliver {what} from {warehouse.Location}", $"Deliver {what}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        var options = new DeliveryOptions(consumer, Mode, AsOf, Force, planOnly, LockWait) { NotSound = unsound };
        await EmitAsync(await new DeliveryRunner(pipeline).DeliverAsync(warehouse, options, Reporter, cancellationToken));
    }

    private async Task<IReadOnlyList<Consumer>> FindConsumersAsync(PipelineDefinition pipeline)
    {
        if (Named.Count == 0)
            return [await ChooseAsync(pipeline, name: null)];
        var known = pipeline.Config.Consumers;
        var found = new List<Consumer>();
        foreach (var name in Named.SelectMany(name => known.Expand(name, Destination is not null)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            try
            {
                if (Segment is null && !known.ContainsKey(name))
                    ReportUnknown(name, known);
                else
                    found.Add(await ChooseAsync(pipeline, name));
            }
            catch (LoyaltyException exception) when (NamesSeveral)
            {
                // It is told of once, also where the call was looked at before.
                if (_reported.Add(name))
                    await WriteErrorAsync(exception);
            }
        }

        return found;
    }

    private void ReportUnknown(string name, IReadOnlyDictionary<string, Consumer> known)
    {
        if (_reported.Add(name))
            Reporter.NotFound(ConsumerList.Unknown(known, name));
    }

    private async Task<Consumer> ChooseAsync(PipelineDefinition pipeline, string? name)
    {
        var consumer = pipeline.Config.Consumers.Find(name, Segment);
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

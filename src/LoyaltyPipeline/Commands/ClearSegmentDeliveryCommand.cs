using System.Management.Automation;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Clearing;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Removes deliveries that are no longer needed, and what interrupted ones left behind.</summary>
/// <remarks>
/// <para>
/// Of a consumer's deliveries at a destination those go that were begun before a day, of all its segments; or those that are named by their
/// ids, as Get-SegmentDelivery pipes them, and nothing but them. The one that latest.json points to always stays, and where it is a Diff all
/// those stay that it is to be added to; where one of them was named, a warning says so. The log keeps what was removed, as Cleared.
/// </para>
/// <para>
/// Files and unfinished uploads without a manifest go once they have not changed for a day: until then somebody may still be sending them.
/// What an earlier call has begun to remove, and could not, goes at once. Whatever does not lie in the folder of a delivery is not touched.
/// </para>
/// <para>What is gone can be delivered again from History, but for a Diff; so the cmdlet asks first, and jobs give -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Clear-SegmentDelivery Marketing -OlderThan 2026-06-01 -WhatIf</code>
/// Shows what would be removed.
/// </example>
/// <example>
/// <code>Clear-SegmentDelivery Marketing -Destination s3://marketing-drop/loyalty -OlderThan ([DateTime]::UtcNow.AddDays(-90)) -Confirm:$false</code>
/// Removes what is older than 90 days.
/// </example>
/// <example>
/// <code>Get-SegmentDelivery Marketing -Status Published | Where-Object IsBackfill | Clear-SegmentDelivery -WhatIf</code>
/// Shows which deliveries of earlier days would be removed.
/// </example>
[Cmdlet(VerbsCommon.Clear, "SegmentDelivery", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = DeliverySet)]
[OutputType(typeof(ClearedDelivery))]
public sealed class ClearSegmentDeliveryCommand : PipelineCmdlet, IDynamicParameters
{
    private const string AgeSet = "Age";
    private const string DeliverySet = "Delivery";

    private readonly S3Parameters _s3 = new();
    private readonly List<string> _consumers = [];
    private readonly List<string> _ids = [];

    /// <summary>
    /// The consumers; * and ? stand for any characters and any one, and find those that are configured with a destination.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = AgeSet)]
    [ArgumentCompleter(typeof(ConsumerCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Consumer { get; set; } = [];

    /// <summary>Deliveries begun before this day (UTC) are removed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AgeSet)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(RunDateCompleter))]
    public DateOnly OlderThan { get; set; }

    /// <summary>
    /// The deliveries to remove, by their ids; * and ? stand for any characters and any one. An id in full that no delivery has is an error,
    /// after which the others go on. They are removed where the log says that they lie.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = DeliverySet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] DeliveryId { get; set; } = [];

    /// <summary>Where the deliveries are, if not where the configuration says: a folder, or s3://bucket/prefix.</summary>
    [Parameter(ParameterSetName = AgeSet)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>For how long leftovers must not have changed: seconds, or a time such as 12:00:00. By default a day.</summary>
    [Parameter]
    [LockTimeoutTransformation]
    public TimeSpan UnfinishedFor { get; set; } = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public object GetDynamicParameters() => _s3;

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        (ParameterSetName == AgeSet ? _consumers : _ids).AddRange(ParameterSetName == AgeSet ? Consumer : DeliveryId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_consumers.Count + _ids.Count == 0)
            return;
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        var wanted = _ids.Count > 0
            ? await FindNamedAsync(warehouse, pipeline, cancellationToken)
            : await FindOldAsync(warehouse, pipeline, cancellationToken);
        foreach (var options in wanted)
        {
            try
            {
                await ClearAsync(warehouse, pipeline, options, cancellationToken);
            }
            catch (LoyaltyException exception) when (wanted.Count > 1)
            {
                // The others are cleared all the same.
                await WriteErrorAsync(exception);
            }
        }
    }

    private async Task ClearAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, ClearOptions options, CancellationToken cancellationToken)
    {
        var consumer = options.Consumer;
        var what = options.DeliveryIds is { } ids
            ? $"{ids.Count} {(ids.Count == 1 ? "delivery" : "deliveries")} to {consumer.Name} at {consumer.Destination}"
            : $"deliveries to {consumer.Name} before {OlderThan:yyyy-MM-dd} at {consumer.Destination}";
        var planOnly = !await ShouldProcessAsync($"Remove {what}", $"Remove {what}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        var removed = await new DeliveryCleaner(pipeline).ClearAsync(
            warehouse, options with { PlanOnly = planOnly }, Reporter, cancellationToken);
        foreach (var cleared in removed)
            await WriteObjectAsync(cleared);
        if (removed.Count == 0 && options.DeliveryIds is null)
            await IsUnknownAsync(warehouse, consumer.Name, pipeline.Config.Consumers.Keys, cancellationToken);
    }

    // By where they lie: each place is cleared in a run of its own.
    private async Task<List<ClearOptions>> FindNamedAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var ids = await DeliveryReader.FindIdsAsync(
            warehouse, [.. _ids.Distinct(StringComparer.Ordinal)], Reporter, cancellationToken);
        var log = await DeliveryReader.ReadAsync(
            warehouse, new DeliveryQuery(DeliveryIds: ids, Statuses: [DeliveryStatus.Started, DeliveryStatus.Published]), Reporter,
            cancellationToken);
        return
        [
            .. log.GroupBy(delivery => (delivery.Consumer, delivery.Destination)).Select(place => OptionsFor(
                Known(pipeline, place.Key.Consumer) with { Destination = place.Key.Destination }) with
                {
                    DeliveryIds = place.Select(delivery => delivery.DeliveryId).ToHashSet(StringComparer.Ordinal),
                }),
        ];
    }

    private async Task<List<ClearOptions>> FindOldAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var found = new List<ClearOptions>();
        foreach (var name in _consumers.SelectMany(name => Expand(pipeline, name)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var known = Known(pipeline, name);
            var consumer = Destination is null ? known : known with { Destination = await ResolveDestinationAsync(Destination) };
            if (consumer.Destination is not null)
                found.Add(OptionsFor(consumer));
            else if (!await IsUnknownAsync(warehouse, consumer.Name, pipeline.Config.Consumers.Keys, cancellationToken))
                throw LoyaltyErrors.DestinationInvalid.Because($"The consumer {consumer.Name} has no destination.", consumer.Name);
        }

        return found;
    }

    private IEnumerable<string> Expand(PipelineDefinition pipeline, string name) =>
        pipeline.Config.Consumers.Expand(name, hasDestination: Destination is not null);

    // All segments are looked at; a consumer that is configured nowhere needs one to be made.
    private Consumer Known(PipelineDefinition pipeline, string name)
    {
        var known = pipeline.Config.Consumers.Find(name, EngagementSegment.Unscored);
        return known with { S3 = _s3.Over(known.S3) };
    }

    private ClearOptions OptionsFor(Consumer consumer) => new(consumer, OlderThan, UnfinishedFor, LockWait: LockWait);

    // A name that is neither configured nor in the log is told of as an error: it may be mistyped.
    private async Task<bool> IsUnknownAsync(
        IWarehouse warehouse, string name, IEnumerable<string> configured, CancellationToken cancellationToken) =>
        (await DeliveryReader.FindConsumersAsync(warehouse, [name], configured, Reporter, cancellationToken)).Count == 0
            && !configured.Contains(name, StringComparer.OrdinalIgnoreCase);
}

using System.Management.Automation;
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
/// Of a consumer's deliveries at a destination those go that were begun before a day, of all its segments. The one that latest.json points
/// to always stays, and where it is a Diff all those stay that it is to be added to. The log keeps them, as Cleared.
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
[Cmdlet(VerbsCommon.Clear, "SegmentDelivery", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ClearedDelivery))]
public sealed class ClearSegmentDeliveryCommand : PipelineCmdlet, IDynamicParameters
{
    private readonly S3Parameters _s3 = new();

    /// <summary>The consumer.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConsumerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Consumer { get; set; }

    /// <summary>Deliveries begun before this day (UTC) are removed.</summary>
    [Parameter(Mandatory = true)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(RunDateCompleter))]
    public DateOnly OlderThan { get; set; }

    /// <summary>Where the deliveries are, if not where the configuration says: a folder, or s3://bucket/prefix.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>For how long leftovers must not have changed: seconds, or a time such as 12:00:00. By default a day.</summary>
    [Parameter]
    [LockTimeoutTransformation]
    public TimeSpan UnfinishedFor { get; set; } = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public object GetDynamicParameters() => _s3;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        // All segments are looked at; a consumer that is configured nowhere needs one to be made.
        var consumers = pipeline.Config.Consumers;
        var known = consumers.Find(Consumer, EngagementSegment.Unscored);
        var consumer = known with
        {
            Destination = Destination is null ? known.Destination : await ResolveDestinationAsync(Destination),
            S3 = _s3.Over(known.S3),
        };
        if (consumer.Destination is null && await IsUnknownAsync(warehouse, consumer.Name, consumers.Keys, cancellationToken))
            return;
        if (consumer.Destination is null)
            throw LoyaltyErrors.DestinationInvalid.Because($"The consumer {consumer.Name} has no destination.", consumer.Name);
        var what = $"deliveries to {consumer.Name} before {OlderThan:yyyy-MM-dd} at {consumer.Destination}";
        var planOnly = !await ShouldProcessAsync($"Remove {what}", $"Remove {what}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        var removed = await new DeliveryCleaner(pipeline).ClearAsync(
            warehouse, new ClearOptions(consumer, OlderThan, UnfinishedFor, planOnly, LockWait), Reporter, cancellationToken);
        foreach (var cleared in removed)
            await WriteObjectAsync(cleared);
        if (removed.Count == 0)
            await IsUnknownAsync(warehouse, consumer.Name, consumers.Keys, cancellationToken);
    }

    // A name that is neither configured nor in the log is told of as an error: it may be mistyped.
    private async Task<bool> IsUnknownAsync(
        IWarehouse warehouse, string name, IEnumerable<string> configured, CancellationToken cancellationToken) =>
        (await DeliveryReader.FindConsumersAsync(warehouse, [name], configured, Reporter, cancellationToken)).Count == 0
            && !configured.Contains(name, StringComparer.OrdinalIgnoreCase);
}

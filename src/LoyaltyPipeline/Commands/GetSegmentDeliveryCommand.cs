using System.Management.Automation;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Reads the log of deliveries, the newest first.</summary>
/// <remarks>
/// <para>
/// A delivery that is Published is with the consumer. One that is Started is being sent, or was interrupted; the next delivery to the
/// consumer completes or removes it. Its Files have names, rows, sizes and hashes; LeftOut says who was not sent and why.
/// </para>
/// </remarks>
/// <example>
/// <code>Get-SegmentDelivery Marketing -Last 5</code>
/// Shows the five newest deliveries to Marketing.
/// </example>
/// <example>
/// <code>Get-SegmentDelivery -Last 1 | Test-SegmentDelivery</code>
/// Verifies the newest delivery where it lies.
/// </example>
/// <example>
/// <code>Get-LoyaltyRun -Kind Deliver -Last 3 | Get-SegmentDelivery</code>
/// Shows what the three newest runs that delivered have sent.
/// </example>
[Cmdlet(VerbsCommon.Get, "SegmentDelivery")]
[OutputType(typeof(DeliveryRecord))]
public sealed class GetSegmentDeliveryCommand : PipelineCmdlet
{
    /// <summary>
    /// Only deliveries to these consumers; * and ? stand for any characters and any one. A name in full that nothing was ever delivered to
    /// and that is not configured is an error, after which the others go on.
    /// </summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ConsumerCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Consumer { get; set; }

    /// <summary>
    /// These deliveries; * and ? stand for any characters and any one. An id in full that no delivery has is an error, after which the
    /// others go on.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? DeliveryId { get; set; }

    /// <summary>
    /// Only deliveries that these runs made; * and ? stand for any characters and any one. An id in full that no run has is an error, after
    /// which the others go on. A run that found its delivery made already has made none.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? RunId { get; set; }

    /// <summary>Only deliveries that are so far; * and ? stand for any characters and any one.</summary>
    [Parameter]
    [NamesTransformation(TakesSeveral = true, Of = typeof(DeliveryStatus))]
    [SupportsWildcards]
    public DeliveryStatus[]? Status { get; set; }

    /// <summary>At most so many deliveries, the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumberTransformation]
    public int? Last { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var consumers = Consumer is null
            ? null
            : await DeliveryReader.FindConsumersAsync(
                warehouse, Consumer, (await LoadPipelineAsync(cancellationToken)).Config.Consumers.Keys, Reporter, cancellationToken);
        var ids = DeliveryId is null ? null : await DeliveryReader.FindIdsAsync(warehouse, DeliveryId, Reporter, cancellationToken);
        var runs = RunId is null ? null : await RunReader.FindAsync(warehouse, RunId, Reporter, cancellationToken);
        foreach (var delivery in await DeliveryReader.ReadAsync(
            warehouse, new DeliveryQuery(consumers, ids, Status, Last, runs), Reporter, cancellationToken))
            await WriteObjectAsync(delivery);
    }
}

using System.Management.Automation;
using LoyaltyPipeline.Core.Delivery.Consumers;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Reads the log of deliveries, the newest first.</summary>
/// <remarks>
/// <para>
/// A delivery that is Published is with the consumer. One that is Started is being sent, or was interrupted; the next delivery to the consumer completes or removes it.
/// Its Files have names, rows, sizes and hashes; LeftOut says who was not sent and why.
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
[Cmdlet(VerbsCommon.Get, "SegmentDelivery")]
[OutputType(typeof(DeliveryRecord))]
public sealed class GetSegmentDeliveryCommand : PipelineCmdlet
{
    // Boxed: see WarehouseCmdlet.
    private object? _status;

    /// <summary>Only deliveries to this consumer.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ConsumerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Consumer { get; set; }

    /// <summary>One delivery.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? DeliveryId { get; set; }

    /// <summary>Only deliveries that are this far.</summary>
    [Parameter]
    public DeliveryStatus? Status { get => (DeliveryStatus?)_status; set => _status = value; }

    /// <summary>At most so many deliveries, the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var deliveries = await DeliveryReader.ReadAsync(warehouse, new DeliveryQuery(Consumer, DeliveryId, Status, Last), cancellationToken);
        foreach (var delivery in deliveries)
            await WriteObjectAsync(delivery);
        if (Consumer is not null && deliveries.Count == 0 && (await DeliveryReader.ReadAsync(warehouse, new DeliveryQuery(Consumer, Last: 1), cancellationToken)).Count == 0)
            (await LoadPipelineAsync(cancellationToken)).Config.Consumers.WarnOfUnknown(Consumer, Reporter);
    }
}

using System.Management.Automation;
using LoyaltyPipeline.Core.Segments;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Reads the members of an engagement segment from Master.</summary>
/// <remarks>
/// <para>
/// A user whose score reaches the upper threshold of the region is Highly Engaged, one below the lower threshold Low Engagement, one
/// between them Engaged; without score or thresholds a user is Unscored.
/// </para>
/// <para>-Segment takes these names and, without quotes, HighlyEngaged and LowEngagement, whatever the case.</para>
/// <para>Members are emitted by user id, without name, address or number.</para>
/// </remarks>
/// <example>
/// <code>Get-EngagementSegment HighlyEngaged -First 10</code>
/// Shows ten highly engaged users.
/// </example>
/// <example>
/// <code>Get-EngagementSegment -Segment LowEngagement -Region US-EAST, DE*</code>
/// Shows the users of some regions whose engagement is low.
/// </example>
[Cmdlet(VerbsCommon.Get, "EngagementSegment")]
[OutputType(typeof(SegmentMember))]
public sealed class GetEngagementSegmentCommand : WarehouseCmdlet
{
    /// <summary>The segment, such as HighlyEngaged or 'Highly Engaged'; all where it is not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SegmentTransformation]
    public EngagementSegment? Segment { get; set; }

    /// <summary>
    /// Only members of these regions, by code or name; * and ? stand for any characters and any one, (none) for members without region,
    /// (unknown) for those whose region REGION_METADATA does not know.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(AdoptionCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Region { get; set; } = [];

    /// <summary>At most so many members.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumberTransformation]
    public int? First { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        await SegmentReader.ReportMissingAsync(warehouse, Region, Reporter, cancellationToken);
        await foreach (var member in SegmentReader.ReadAsync(warehouse, new SegmentQuery(Segment, Region, First), cancellationToken))
            await WriteObjectAsync(member);
    }
}
